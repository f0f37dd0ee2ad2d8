#!/bin/sh
# The go command of an SDK for @port@. It sets what cmd/go reads from the environment alone, where
# you have not set it, puts its own directory on PATH, and starts ../share/go/bin/go.
gostrap_go=$0
case $gostrap_go in
  */*) ;;
  *) if [ -e "./$gostrap_go" ]; then gostrap_go=./$gostrap_go; else gostrap_go=$(command -v "$gostrap_go"); fi ;;
esac
if [ -L "$gostrap_go" ]; then
  gostrap_go=$(readlink -f -- "$gostrap_go" 2>/dev/null || command -p readlink -f -- "$gostrap_go")
fi
gostrap_bin=${gostrap_go%/*}
case $gostrap_bin in /*) ;; *) gostrap_bin=$PWD/$gostrap_bin ;; esac
if [ ! -x "$gostrap_bin/../share/go/bin/go" ]; then
  echo "$0: there is no go command at $gostrap_bin/../share/go/bin/go: this script belongs into its SDK's bin; link to it, or copy the whole SDK" >&2
  exit 2
fi
case $gostrap_bin in
  *:*)
    echo "$0: $gostrap_bin cannot be put on PATH, for there is a colon in it: move the SDK to another directory" >&2
    exit 2
    ;;
esac
case ${PATH-} in "$gostrap_bin" | "$gostrap_bin":*) ;; *) PATH=$gostrap_bin${PATH:+:$PATH} ;; esac

# What the go command of another SDK has set is no choice of yours.
if [ -n "${GOSTRAP_DEFAULTS-}" ]; then
  case " $GOSTRAP_DEFAULTS " in *" GOOS=${GOOS-} GOARCH=${GOARCH-} "*) unset GOOS GOARCH ;; esac
  for gostrap_name in GO386 GOAMD64 GOARM GOARM64 GOEXPERIMENT GOFIPS140 GOMIPS GOMIPS64 GOPPC64 GORISCV64 GOWASM; do
    eval "gostrap_value=\${$gostrap_name-}"
    case " $GOSTRAP_DEFAULTS " in *" $gostrap_name=$gostrap_value "*) unset "$gostrap_name" ;; esac
  done
@c_of_others@
fi

if [ -z "${GOOS-}" ]; then GOOS=@goos@; fi
if [ -z "${GOARCH-}" ]; then GOARCH=@goarch@; fi
if [ -z "${GOTOOLCHAIN-}" ]; then GOTOOLCHAIN='local'; fi
@settings@
GOSTRAP_DEFAULTS=@defaults@
export PATH GOOS GOARCH GOTOOLCHAIN @exported@
@c@

# Of these two cmd/go takes any value without a word, and compiles for another level.
case $GOARCH/${GOAMD64:-v1}/${GOARM:-7} in
  amd64/v[1234]/*) ;;
  amd64/*)
    echo "$0: GOAMD64=$GOAMD64 cannot be: GOAMD64 is v1, v2, v3 or v4" >&2
    exit 2
    ;;
  arm/*/[567] | arm/*/[567],softfloat | arm/*/[567],hardfloat) ;;
  arm/*)
    echo "$0: GOARM=$GOARM cannot be: GOARM is 5, 6 or 7, and \",softfloat\" or \",hardfloat\" may follow" >&2
    exit 2
    ;;
esac

# The file of `go env -w` may name another GOROOT, and cmd/go would take that one's go.env, too.
unset GOROOT GOTOOLDIR
gostrap_file=${GOENV-}
if [ -z "$gostrap_file" ]; then gostrap_file=${XDG_CONFIG_HOME:-${HOME-}/.config}/go/env; fi
if [ -f "$gostrap_file" ] && [ -r "$gostrap_file" ]; then
  gostrap_written=' '
  while IFS= read -r gostrap_line || [ -n "$gostrap_line" ]; do
    gostrap_written="$gostrap_written${gostrap_line%%=*} "
  done <"$gostrap_file"
  case $gostrap_written in
    *' GOROOT '*)
      GOROOT=$(cd -P -- "$gostrap_bin/../share/go" && pwd -P)
      export GOROOT
      while IFS= read -r gostrap_line; do
        case $gostrap_line in [A-Z]*=*) ;; *) continue ;; esac
        gostrap_name=${gostrap_line%%=*}
        case $gostrap_name in *[!A-Z0-9_]*) continue ;; esac
        case $gostrap_written in *" $gostrap_name "*) continue ;; esac
        eval "gostrap_value=\${$gostrap_name-}"
        if [ -z "$gostrap_value" ]; then export "$gostrap_line"; fi
      done <"$GOROOT/go.env"
      ;;
  esac
fi

exec "$gostrap_bin/../share/go/bin/go" "$@"
