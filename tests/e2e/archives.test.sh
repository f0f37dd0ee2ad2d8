#!/usr/bin/env bash
# Upstream's archives of three systems and of the host, the quick way, side by side: the published bits, and the table of it.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"

mapfile -t outputs < <(build 1.24.4 linux/riscv64 linux/amd64 windows/amd64 freebsd/amd64 --archives)
expect_published 1.24.4 "${outputs[0]}" go1.24.4.linux-riscv64.tar.gz
expect_published 1.24.4 "${outputs[1]}" go1.24.4.linux-amd64.tar.gz
expect_published 1.24.4 "${outputs[2]}" go1.24.4.windows-amd64.zip
expect_published 1.24.4 "${outputs[3]}" go1.24.4.freebsd-amd64.tar.gz
for file in zip mod info; do
  [ -f "${outputs[0]}/v0.0.1-go1.24.4.linux-riscv64.$file" ] || fail "the module's .$file is missing"
done
expect_exit 0 "$GOSTRAP" verify --official "${outputs[@]}"
expect_match 'official go1.24.4.linux-riscv64.tar.gz: canonical'
ok "verify --official says canonical"
expect_exit 0 "$GOSTRAP" verify --official --all --release 1.24.4 --html "$T/page.html"
for port in linux/riscv64 linux/amd64 windows/amd64 freebsd/amd64; do expect_match "^$port +canonical " "$T/out"; done
expect_match '^js/wasm +not published ' "$T/out"
expect_match '<title>go1.24.4-toolchain-freebsd-amd64: Compiling and linking' "$T/page.html"
ok "so does the table of the whole release, and the page tells how they were made: $(tail -n 1 "$T/out")"

# The toolchain directory is what the published archive unpacks to.
mapfile -t toolchains < <(build 1.24.4 linux/riscv64 --hosted)
mkdir "$T/unpacked"
tar -xzf "${outputs[0]}/go1.24.4.linux-riscv64.tar.gz" -C "$T/unpacked"
diff -r "$T/unpacked/go" "${toolchains[0]}/share/go" || fail "the toolchain is not what its archive holds"
ok "the hosted toolchain is what the archive holds"

printf x >>"$T/unpacked/x"
cp "${outputs[0]}/go1.24.4.linux-riscv64.tar.gz" "$T/"
printf x >>"$T/go1.24.4.linux-riscv64.tar.gz"
expect_exit 1 "$GOSTRAP" verify "$T/go1.24.4.linux-riscv64.tar.gz"
expect_match 'not canonical'
ok "one byte more is not canonical"
