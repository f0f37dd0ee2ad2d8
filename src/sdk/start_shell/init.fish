set -gx PATH @bin@ $PATH
set -gx GOTOOLCHAIN local
set -e GOROOT
set -e GOTOOLDIR
@defaults@
functions -e go
test (command -v go) = @go@; or echo 'gostrap: go is '(command -v go)' in this shell, and not the SDK'\''s' >&2
