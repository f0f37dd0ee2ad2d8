@lines@
functions -e go
test (command -v go) = @go@; or echo 'gostrap: go is '(command -v go)' in this shell, and not the SDK'\''s' >&2
@prompt@
