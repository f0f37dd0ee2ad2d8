#!/usr/bin/env bash
# A go command of another release switches to go1.24.4 by its name on PATH, without a network.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires unshare
requires_older_go

build 1.24.4 linux/amd64 >/dev/null
expect_exit 0 "$GOSTRAP" link "$T/names" 1.24.4
mkdir "$T/hello" && cd "$T/hello"
printf 'package main\n\nimport (\n\t"fmt"\n\t"runtime"\n)\n\nfunc main() { fmt.Println(runtime.Version()) }\n' >hello.go

# offline WORDS…: without a network, and with caches of its own
offline() {
  env GOMODCACHE="$T/modules" GOCACHE="$T/cache" GOFLAGS=-modcacherw GOENV=off CGO_ENABLED=0 PATH="$T/names:$PATH" \
    unshare --user --map-root-user --net "$@"
}
for line in 'go 1.24.4' 'go 1.23\n\ntoolchain go1.24.4'; do
  printf "module hello\n\n%b\n" "$line" >go.mod
  for choice in auto path; do
    expect_exit 0 offline env GOTOOLCHAIN=$choice "$older_go" version
    expect_equal "by $line and GOTOOLCHAIN=$choice" "go version go1.24.4 linux/amd64" "$(cat "$T/out")"
  done
done
expect_exit 0 offline env GOTOOLCHAIN=auto "$older_go" run .
expect_equal "the program's Go" go1.24.4 "$(cat "$T/out")"
printf 'module hello\n\ngo 1.23\n' >go.mod
expect_exit 0 offline env GOTOOLCHAIN=go1.24.4 "$older_go" version
expect_equal "by GOTOOLCHAIN" "go version go1.24.4 linux/amd64" "$(cat "$T/out")"
ok "$("$older_go" version) switches to go1.24.4 by its name, and builds a program with it"
