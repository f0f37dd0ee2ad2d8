#!/usr/bin/env bash
# What README and the pages of docs tell to type works as it stands there, with real Go: the blocks ```sh, ```sh real and
# ```sh server. Those that take make.bash are typed with the Go in miniature (tests/integration/docs.test.sh).
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires qemu-riscv64 qemu-aarch64 node python3 curl direnv
# shellcheck source=tests/lib/docs.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/docs.sh"

build 1.24.4 riscv64 wasm wasi arm64 amd64 >/dev/null
free_port() { perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'; }
# shellcheck disable=SC2034 # for docs.sh
page_edit="s/\\b8000\\b/$(free_port)/g; s/\\b8001\\b/$(free_port)/g" # the pages' may be somebody else's here
[ $# -gt 0 ] || set -- README.md docs/boards.md docs/wasm.md docs/compile.md docs/changed-go.md docs/releases.md docs/air-gap.md \
  docs/using-an-sdk.md docs/editors.md docs/ci-and-containers.md docs/bazel.md docs/c.md
for page in "$@"; do
  dir=$T/scene-$(basename "$page" .md)
  scene "$dir" 1.24.4
  ln -s "$(test_archive 1.24.4)" "$dir"
  type_page "$page" "$dir" sh 'sh real' 'sh server'
done
