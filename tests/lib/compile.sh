# shellcheck shell=bash
# Sourced after real-go.sh by tests of gostrap compile: a module that uses much of what there is, and a comparison with go
# build. GOCACHE is shared by all that a test builds; nothing comes from the network.
# GOSTRAP_TEST_GOCACHE and GOSTRAP_TEST_COMPILE_CACHE let several tests share what is compiled.
export GOSTRAP_COMPILE_CACHE=${GOSTRAP_TEST_COMPILE_CACHE:-$T/compile} GOCACHE=${GOSTRAP_TEST_GOCACHE:-$T/gocache} GOTOOLCHAIN=local CGO_ENABLED=0 GOFLAGS='' GOENV=off
export GOPROXY=file://$T/proxy GOSUMDB=off GOMODCACHE=$T/modcache GOFLAGS=-modcacherw
gocode=/usr/share/gocode/src

sdk_of() { "$GOSTRAP" env "$1" --release 1.24.4 --json | awk -F'"' '$2 == "sdk" { print $4 }'; }

# go_of PORT ARGUMENT…: the SDK's own go command
go_of() {
  local sdk
  sdk=$(sdk_of "$1")
  "$sdk/bin/go" "${@:2}"
}

# compile PORT PACKAGE OPTION…
compile() { "$GOSTRAP" compile --sdk "$1" --release 1.24.4 "${@:2}"; }

# expect_same PORT PACKAGE OPTION…: ours and go build's are one and the same.
expect_same() {
  local port=$1 package=$2 flags=() ldflags='-buildid= -X=cmd/internal/objabi.buildID=' words=()
  shift 2
  words=("$@")
  while [ $# -gt 0 ]; do
    case $1 in
      --strip) ldflags="-s -w $ldflags" ;;
      -X) ldflags+=" -X=$2" && shift ;;
      --tags | --buildmode | --gcflags | --asmflags | --pgo | --mod) flags+=("-${1#--}=$2") && shift ;;
      *) fail "expect_same does not know $1" ;;
    esac
    shift
  done
  rm -f "$T/got-ours" "$T/got-go"
  expect_exit 0 compile "$port" "$package" -o "$T/got-ours" "${words[@]}"
  go_of "$port" build -trimpath -buildvcs=false "${flags[@]}" -ldflags="$ldflags" -o "$T/got-go" "$package" ||
    fail "go build $package for $port"
  cmp "$T/got-ours" "$T/got-go" || fail "$package for $port ${words[*]}: other bytes than go build's"
  ok "$package for $port ${words[*]}: the same $(stat -c %s "$T/got-go") bytes"
}

# serve_module PATH VERSION DIRECTORY: puts a module into the proxy that is a directory; $T/proxy is its root.
serve_module() {
  local escaped place
  # shellcheck disable=SC2001 # letters are replaced one by one
  escaped=$(sed 's/[A-Z]/!\L&/g' <<<"$1")
  place=$T/proxy/$escaped/@v
  mkdir -p "$place" "$T/zip/$(dirname "$1")"
  cp -rL "$3" "$T/zip/$1@$2"
  [ -f "$T/zip/$1@$2/go.mod" ] || printf 'module %s\n\ngo 1.16\n' "$1" >"$T/zip/$1@$2/go.mod"
  cp "$T/zip/$1@$2/go.mod" "$place/$2.mod"
  printf '{"Version":"%s","Time":"2022-01-01T00:00:00Z"}\n' "$2" >"$place/$2.info"
  printf '%s\n' "$2" >>"$place/list"
  (cd "$T/zip" && zip -qrD "$place/$2.zip" "$1@$2")
}

# make_module DIRECTORY: modules by proxy and by replacement, assembly, embedded files, a linked name, tags.
make_module() {
  [ -d "$gocode/github.com/BurntSushi/toml" ] || fail "this test needs golang-github-burntsushi-toml-dev"
  [ -d "$gocode/github.com/spf13/pflag" ] || fail "this test needs golang-github-spf13-cobra-dev"
  serve_module github.com/BurntSushi/toml v1.2.0 "$gocode/github.com/BurntSushi/toml"
  mkdir -p "$1/cpu" "$1/static/.hidden"
  cp -rL "$gocode/github.com/spf13/pflag" "$1.pflag"
  printf 'module github.com/spf13/pflag\n\ngo 1.12\n' >"$1.pflag/go.mod"
  cat >"$1/go.mod" <<MOD
module example.com/program/v2

go 1.20

require (
	github.com/BurntSushi/toml v1.2.0
	github.com/spf13/pflag v1.0.5
)

replace github.com/spf13/pflag => $1.pflag
MOD
  printf hidden >"$1/static/.hidden/h.txt"
  printf a >"$1/static/a.txt"
  printf b >"$1/b.txt"
  printf '//go:build extra\n\npackage main\n\nconst tagged = true\n' >"$1/tag_extra.go"
  printf '//go:build !extra\n\npackage main\n\nconst tagged = false\n' >"$1/tag_none.go"
  cat >"$1/main.go" <<'GO'
package main

import (
	"embed"
	"fmt"
	_ "unsafe"

	"example.com/program/v2/cpu"
	"github.com/BurntSushi/toml"
	"github.com/spf13/pflag"
)

//go:embed static *.txt
var files embed.FS

//go:embed all:static
var all embed.FS

//go:linkname nanotime runtime.nanotime
func nanotime() int64

var version = "1"

//go:noinline
func greet(n int, name string) {
	hidden, _ := all.ReadFile("static/.hidden/h.txt")
	fmt.Println(n, name, version, string(hidden), cpu.Add(1, 2), tagged)
}

func main() {
	var v struct{ A int }
	toml.Decode("A = 3", &v)
	name := pflag.String("name", "x", "a name")
	pflag.Parse()
	if _, err := files.ReadFile("b.txt"); err != nil || nanotime() == 0 {
		panic(err)
	}
	greet(v.A, *name)
}
GO
  printf '//go:build amd64 || arm64\n\npackage cpu\n\nfunc Add(a, b int64) int64\n' >"$1/cpu/add.go"
  printf '//go:build !amd64 && !arm64\n\npackage cpu\n\nfunc Add(a, b int64) int64 { return a + b }\n' >"$1/cpu/add_other.go"
  # shellcheck disable=SC2016 # the dollar is the assembler's
  printf '#include "textflag.h"\n\nTEXT ·Add(SB), NOSPLIT, $0-24\n\tMOVQ a+0(FP), AX\n\tADDQ b+8(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n' >"$1/cpu/add_amd64.s"
  # shellcheck disable=SC2016
  printf '#include "textflag.h"\n\nTEXT ·Add(SB), NOSPLIT, $0-24\n\tMOVD a+0(FP), R0\n\tMOVD b+8(FP), R1\n\tADD R1, R0\n\tMOVD R0, ret+16(FP)\n\tRET\n' >"$1/cpu/add_arm64.s"
  (cd "$1" && GOFLAGS=-mod=mod go_of linux/amd64 mod tidy 2>"$T/err") || fail "go mod tidy: $(cat "$T/err")"
}
