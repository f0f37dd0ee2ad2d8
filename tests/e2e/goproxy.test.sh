#!/usr/bin/env bash
# A go command of another release takes go1.24.4 from a module proxy of files, and builds with it; there is no network.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires unshare
requires_older_go

mapfile -t outputs < <(build 1.24.4 linux/amd64 --archives)
expect_exit 0 "$GOSTRAP" goproxy "${outputs[0]}" --out "$T/proxy"
mkdir "$T/hello" && cd "$T/hello"
printf 'module hello\n\ngo 1.21\n' >go.mod
printf 'package main\n\nimport (\n\t"fmt"\n\t"runtime"\n)\n\nfunc main() { fmt.Println(runtime.Version()) }\n' >hello.go

# alone WORDS…: a command without network, with module cache and build cache of its own
alone() {
  env GOMODCACHE="$T/modules" GOCACHE="$T/cache" GOFLAGS=-modcacherw GOENV=off CGO_ENABLED=0 "$@"
}
offline() { alone unshare --user --map-root-user --net "$@"; }
from_proxy=(GOPROXY="file://$T/proxy" GOTOOLCHAIN=go1.24.4)

expect_exit 1 offline env "${from_proxy[@]}" "$older_go" version
expect_match 'sum.golang.org' "$T/err"
ok "without GONOSUMDB the checksum database is asked, and cannot be"

expect_exit 0 offline env "${from_proxy[@]}" GONOSUMDB=golang.org/toolchain "$older_go" version
expect_equal "go version" "go version go1.24.4 linux/amd64" "$(cat "$T/out")"
expect_exit 0 offline env "${from_proxy[@]}" GONOSUMDB=golang.org/toolchain "$older_go" run .
expect_equal "the program's Go" go1.24.4 "$(cat "$T/out")"
ok "$("$older_go" version) switches to go1.24.4 from GOPROXY=file://… and builds a program with it"

expect_exit 1 offline env GOTOOLCHAIN=go1.24.4 "$older_go" version
expect_match 'sumdb|sum.golang.org' "$T/err"
expect_exit 0 offline env "${from_proxy[@]}" GONOSUMDB=golang.org/toolchain "$older_go" env GOROOT
expect_exit 0 offline "$(cat "$T/out")/bin/go" run .
expect_equal "the program's Go" go1.24.4 "$(cat "$T/out")"
ok "without the proxy it asks again, though it has the toolchain; the toolchain's own go command needs neither"

# The go command's own hash of what it took, and the one that verify tells.
expect_exit 0 "$GOSTRAP" verify --official "${outputs[0]}"
kept=$T/modules/cache/download/golang.org/toolchain/@v/v0.0.1-go1.24.4.linux-amd64.ziphash
expect_match "golang.org/toolchain v0.0.1-go1.24.4.linux-amd64 $(sed 's/[+/]/[&]/g' "$kept")\$" "$T/out"
ok "verify tells the hash that the go command computes: $(cat "$kept")"

expect_exit 0 "$GOSTRAP" verify --official --all --release 1.24.4 --html "$T/page.html"
expect_match '^linux/amd64 +canonical ' "$T/out"
ok "the table has it as canonical"
