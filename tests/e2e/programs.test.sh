#!/usr/bin/env bash
# Go's own tests of some packages, compiled for a foreign port and run through its exec wrapper.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires qemu-riscv64 qemu-aarch64 node
packages=(strings sort encoding/json)

for port in linux/arm64 linux/riscv64 js/wasm wasip1/wasm; do
  build 1.24.4 "$port" >/dev/null
  expect_exit 0 env GOCACHE="${GOSTRAP_TEST_GOCACHE:-$T/cache}" "$GOSTRAP" exec "$port" --release 1.24.4 -- go test -count=1 -short "${packages[@]}"
  for package in "${packages[@]}"; do expect_match "^ok  	$package	"; done
  ok "go test ${packages[*]} passes on $port: $(tr '\t\n' '  ' <"$T/out")"
done
