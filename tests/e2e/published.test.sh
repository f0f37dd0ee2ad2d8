#!/usr/bin/env bash
# SDKs by upstream's own archive of real Go: the bits are those of the SDKs that were built from source.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires qemu-riscv64 node
ports=(linux/riscv64 js/wasm)

mapfile -t built < <(build 1.24.4 "${ports[@]}")
archives=$(build 1.24.4 linux/amd64 --archives)
name=go1.24.4.linux-amd64.tar.gz
expect_published 1.24.4 "$archives" $name
store=$T/store
expect_exit 0 "$GOSTRAP" build "${ports[@]}" --release 1.24.4 --published --offline --from "$archives" --store "$store"
mapfile -t published <"$T/out"
for i in 0 1; do
  expect_equal "the NAR hash of ${ports[i]}" "$(manifest_value "${built[i]}" nar)" "$(manifest_value "${published[i]}" nar)"
  diff -r --no-dereference "${built[i]}" "${published[i]}"
done
expect_equal "sources in the store" "" "$(find "$store" -maxdepth 1 -name '*-source')"
ok "SDKs by --published are those that were built, bit for bit, without source and bootstrap"

expect_exit 0 "$GOSTRAP" verify "${published[@]}" --store "$store"
for port in "${ports[@]}"; do expect_match "hello runs: hello from $port, go1.24.4"; done
expect_match "origin: upstream's own toolchain, out of its $name, and not built here"
expect_exit 0 "$GOSTRAP" list --store "$store"
expect_match '^sdk go1.24.4 linux/riscv64 \(published\)'
ok "their hellos run, and verify and list say who built them"

expect_exit 0 "$GOSTRAP" sdk linux/riscv64 --host "$archives/$name" --out "$T/sdk"
diff -r --no-dereference "${built[0]}" "$T/sdk"
ok "gostrap sdk makes the same of the archive alone"
