@lines@
unalias go 2>/dev/null || :
@forget@ go 2>/dev/null || :
hash -r 2>/dev/null || :
[ "$(command -v go)" = @go@ ] || echo "gostrap: go is $(command -v go) in this shell, and not the SDK's: "@go@ >&2
@prompt@
