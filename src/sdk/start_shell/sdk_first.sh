@lines@
unalias go 2>/dev/null || :
@forget@ go 2>/dev/null || :
hash -r 2>/dev/null || :
[ "$(command -v go)" = @go@ ] || printf "gostrap: go is %s in this shell, and not the SDK's: %s\n" "$(command -v go)" @go@ >&2
@prompt@
