
# C is compiled for @port@ alone; what `go tool` builds runs on this machine.
gostrap_c=yes
if [ "$GOOS" != @goos@ ] || [ "$GOARCH" != @goarch@ ]; then gostrap_c=''; fi
@tool@
if [ -z "$gostrap_c" ]; then
  if [ -z "${CGO_ENABLED-}" ]; then
    CGO_ENABLED=0
    GOSTRAP_DEFAULTS="$GOSTRAP_DEFAULTS CGO_ENABLED=0"
    export CGO_ENABLED
  fi
else
  # What is set for this machine's own compiler.
  unset AR CC CXX PKG_CONFIG
  gostrap_file=${GOENV-}
  if [ -z "$gostrap_file" ]; then gostrap_file=${XDG_CONFIG_HOME:-${HOME-}/.config}/go/env; fi
  if [ -f "$gostrap_file" ] && [ -r "$gostrap_file" ]; then
    while IFS= read -r gostrap_line || [ -n "$gostrap_line" ]; do
      case $gostrap_line in
        AR=?*) AR=@ar@ && export AR ;;
        CC=?*) CC=@cc@ && export CC ;;
        CXX=?*) CXX=@cxx@ && export CXX ;;
        PKG_CONFIG=?*) PKG_CONFIG=@pkg_config@ && export PKG_CONFIG ;;
        CGO_ENABLED=?*) if [ -z "${CGO_ENABLED-}" ]; then CGO_ENABLED=1 && export CGO_ENABLED; fi ;;
      esac
    done <"$gostrap_file"
  fi
fi
