#!/usr/bin/env bash
# SDKs of real Go for a foreign linux and both wasm ports: built, verified, used.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires qemu-riscv64 qemu-aarch64 node git
ports=(linux/riscv64 linux/arm64 js/wasm wasip1/wasm)

mapfile -t sdks < <(build 1.24.4 "${ports[@]}")
expect_equal "number of SDKs" 4 "${#sdks[@]}"
ok "builds SDKs for ${ports[*]}"

expect_exit 0 "$GOSTRAP" verify "${sdks[@]}"
for port in "${ports[@]}"; do expect_match "hello runs: hello from $port, go1.24.4"; done
expect_no_match FAILED
ok "verifies them, and their hellos run"

newest_log=$(stat -c %Y "$GOSTRAP_STORE"/logs/* | sort | tail -n 1)
expect_exit 0 "$GOSTRAP" build "${ports[@]}" --release 1.24.4
expect_equal "a second build's words on standard error" "" "$(cat "$T/err")"
expect_equal "the newest log" "$newest_log" "$(stat -c %Y "$GOSTRAP_STORE"/logs/* | sort | tail -n 1)"
ok "does nothing the second time"

sdk=${sdks[0]}
mkdir "$T/hello" && cd "$T/hello"
printf 'module hello\n\ngo 1.21\n' >go.mod
printf 'package main\n\nfunc main() { println("hi") }\n' >hello.go
GOCACHE=${GOSTRAP_TEST_GOCACHE:-$T/cache} GOFLAGS='' "$sdk/bin/go" build -o hello .
file=$(od -An -tx1 -j18 -N2 hello | tr -d ' ')
expect_equal "e_machine of a plain go build" f300 "$file"
expect_exit 0 "$GOSTRAP" exec riscv64 -- ./hello
expect_match '^hi$' "$T/err"
expect_match 'go1.24.4 is taken, not .*/go.mod says go 1.21, and the store has its SDK' "$T/err"
GOCACHE=${GOSTRAP_TEST_GOCACHE:-$T/cache} GOOS=js GOARCH=wasm "$sdk/bin/go" build -o hello.wasm .
expect_exit 0 "$GOSTRAP" exec wasm -- ./hello.wasm
expect_exit 126 "$GOSTRAP" exec riscv64 -- ./hello.wasm # which is not what riscv64's wrapper runs
ok "exec runs what its SDK has made, and not another's"
GOCACHE=${GOSTRAP_TEST_GOCACHE:-$T/cache} GOOS=windows GOARCH=amd64 "$sdk/bin/go" build -o hello.exe .
expect_equal "the first bytes with GOOS=windows" MZ "$(head -c 2 hello.exe)"
expect_equal "go env GOTOOLCHAIN" local "$("$sdk/bin/go" env GOTOOLCHAIN)"
expect_equal "go version" "go version go1.24.4 linux/amd64" "$("$sdk/bin/go" version)"
ok "plain go build targets the port, and the user's GOOS wins"

cp -r "$sdk" "$T/damaged"
chmod -R u+w "$T/damaged"
echo '// changed' >>"$T/damaged/share/go/src/fmt/print.go"
expect_exit 1 "$GOSTRAP" verify "$T/damaged"
expect_match 'share/go/src/fmt/print.go was changed'
ok "names a changed file"

# The directory for temporary files may lie in anybody's repository.
mkdir -p "$T/repository/tmp" && git init -q "$T/repository"
printf '#!/bin/sh\ntouch %q\n' "$T/asked" >"$T/fsmonitor" && chmod +x "$T/fsmonitor"
git -C "$T/repository" config core.fsmonitor "$T/fsmonitor"
expect_exit 0 env TMPDIR="$T/repository/tmp" "$GOSTRAP" verify "$sdk"
[ ! -e "$T/asked" ] || fail "verify runs what a repository above \$TMPDIR names"
ok "verify's hello asks no version control"
