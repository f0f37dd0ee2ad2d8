#!/usr/bin/env bash
# What gostrap sees of Go's own make.bash.
# bootgo is for who reads this file; behaviour.bash is a test's; Go has such quotes.
# shellcheck disable=SC1091,SC2016,SC2034

bootgo=@FLOOR@

set -e
own=@OWN@
target=${GOOS:-${own%/*}}/${GOARCH:-${own#*/}}
root=$(cd .. && pwd)
version=$(head -n 1 ../VERSION)
"$GOROOT_BOOTSTRAP/bin/go" version >/dev/null
echo "Building Go cmd/dist using $GOROOT_BOOTSTRAP. ($("$GOROOT_BOOTSTRAP/bin/go" version))"
env | sort | sed 's/^/has /'
echo "Building Go toolchain1 using $GOROOT_BOOTSTRAP."
. ./behaviour.bash

echo "Building Go toolchain2 using go_bootstrap and Go toolchain1."
printf 'package buildcfg\n\nconst DefaultGO386 = `sse2`\nconst DefaultGOARM = `%s`\nconst DefaultGOAMD64 = `%s`\nconst version = `%s`\n' \
  "${GOARM:-7}" "${GOAMD64:-v1}" "$version" >internal/buildcfg/zbootstrap.go
for file in cmd/cgo/zdefaultcc.go cmd/go/internal/cfg/zdefaultcc.go go/build/zcgo.go internal/runtime/sys/zversion.go \
  time/tzdata/zzipdata.go; do
  printf '// Code generated for %s.\n' "$version" >"$file"
done
mkdir -p ../bin ../pkg/include "../pkg/tool/${own/\//_}" ../pkg/obj
cp runtime/textflag.h ../pkg/include/
echo "$RANDOM" >../pkg/obj/cache
echo dist >cmd/dist/dist
unset GOROOT
cp cmd/go/go.sh ../bin/go
(unset GOOS GOARCH GOARM && ../bin/go install cmd)

echo "Building packages and commands for $target."
[ "$target" = "$own" ] || ../bin/go install cmd
echo "Installed Go for $target in $root"
