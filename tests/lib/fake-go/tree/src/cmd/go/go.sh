#!/bin/sh
# A go command, as far as gostrap needs one.
set -eu
root=$(dirname "$(dirname "$(readlink -f "$0")")")
version=$(head -n 1 "$root/VERSION")
own=@OWN@

# setting NAME: from the environment, else from go.env
setting() {
  eval "value=\${$1-}"
  [ -n "$value" ] || value=$(sed -n "s/^$1=//p" "$root/go.env" | tail -n 1)
  printf '%s\n' "$value"
}
os=$(setting GOOS) arch=$(setting GOARCH)
port=${os:-${own%/*}}/${arch:-${own#*/}}
dashed=${port%/*}_${port#*/}

# program NAME FILE
program() {
  rm -f "$2"
  {
    printf '#!/bin/sh\n# %s of %s, runs on %s\n' "$1" "$version" "$port"
    sed -n 's/^const DefaultGOARM/# &/p' "$root/src/internal/buildcfg/zbootstrap.go"
  } >"$2"
  chmod 755 "$2"
}

install_commands() {
  bin=$root/bin exe=
  case $port in windows/*) exe=.exe ;; esac
  if [ "$port" != "$own" ]; then
    bin=$root/bin/$dashed
    mkdir -p "$bin"
    program go "$bin/go$exe"
  fi
  program gofmt "$bin/gofmt$exe"
  mkdir -p "$root/pkg/tool/$dashed"
  for tool in addr2line api asm cgo compile cover dist distpack fix link preprofile vet; do
    program "$tool" "$root/pkg/tool/$dashed/$tool$exe"
  done
}

build() {
  out='' what=.
  while [ $# -gt 0 ]; do
    case $1 in
      -o) out=$2 && shift ;;
      -*) ;;
      *) what=$1 ;;
    esac
    shift
  done
  if [ "$what" = cmd/distpack ]; then
    cp "$root/src/cmd/distpack/distpack.sh" "$out"
  else
    grep -q 'func main' ./*.go
    printf '#!/bin/sh\necho "hello from %s, %s"\n' "$port" "$version" >"$out"
    if grep -q SetGCPercent ./*.go; then
      gogc=$(sed -n '/^func readGOGC/,/^}/s/^	return //p' "$root/src/runtime/mgcpacer.go")
      limit=$(sed -n 's/^		return \([0-9]*\)$/\1/p' "$root/src/runtime/mgcpacer.go")
      echo "echo 'GOGC $gogc, GOMEMLIMIT ${limit:-9223372036854775807}'" >>"$out"
    fi
  fi
  chmod 755 "$out"
}

case ${1-} in
  version) echo "go version $version $own" ;;
  env) case $2 in GOROOT) echo "$root" ;; *) setting "$2" ;; esac ;;
  install) if command -v on-install >/dev/null; then on-install "$port"; fi; install_commands ;;
  build) shift && build "$@" ;;
  *) echo "go: this one cannot $*" >&2 && exit 2 ;;
esac
