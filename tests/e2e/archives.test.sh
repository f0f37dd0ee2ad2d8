#!/usr/bin/env bash
# Upstream's archive of a foreign port and of the host, the quick way: the published bits.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"

mapfile -t outputs < <(build 1.24.4 linux/riscv64 linux/amd64 --archives)
expect_published 1.24.4 "${outputs[0]}" go1.24.4.linux-riscv64.tar.gz
expect_published 1.24.4 "${outputs[1]}" go1.24.4.linux-amd64.tar.gz
for file in zip mod info; do
  [ -f "${outputs[0]}/v0.0.1-go1.24.4.linux-riscv64.$file" ] || fail "the module's .$file is missing"
done
expect_exit 0 "$GOSTRAP" verify --official "${outputs[@]}"
expect_match 'official go1.24.4.linux-riscv64.tar.gz: canonical'
ok "verify --official says canonical"

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
