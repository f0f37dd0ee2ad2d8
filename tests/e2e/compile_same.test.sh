#!/usr/bin/env bash
# 20 modules made out of seeds, on four ports: gostrap compile makes what go build makes, or refuses what it refuses.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
# shellcheck source=tests/lib/compile.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/compile.sh"
# shellcheck source=tests/lib/same.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/same.sh"

build 1.24.4 linux/amd64 linux/arm64 linux/riscv64 js/wasm >/dev/null
same_seeds 1 20
