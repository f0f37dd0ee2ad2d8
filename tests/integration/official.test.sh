#!/usr/bin/env bash
# verify --official: archives held against what upstream published.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_qemu riscv64
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 "$own_port" darwin/arm64 --archives --release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
foreign=$(entry go1.99.0-archives-linux-riscv64)/go1.99.0.linux-riscv64.tar.gz
native=$(entry "go1.99.0-archives-$own_dashed")/go1.99.0.$own_dashed.tar.gz
apple=$(entry go1.99.0-archives-darwin-arm64)/go1.99.0.darwin-arm64.tar.gz
digest() { sha256sum "$1" | cut -d' ' -f1; }
wrong=$(printf 'x' | sha256sum | cut -d' ' -f1)
# publish NAME DIGEST…: what upstream is said to have published
publish() { pin_release 1.99.0 "$(json "$releases_file" releases 1.99.0 commit)" "$(source_of 1.99.0)" "$@"; }

expect_exit 2 "$GOSTRAP" verify "$foreign"
expect_match "cannot verify $foreign: there is nothing to hold it against" "$T/err"
expect_match '^  - +official go1.99.0.linux-riscv64.tar.gz: not comparable: upstream publishes no' "$T/out"
ok "an archive that upstream does not publish is not comparable: exit code 2, for nothing was shown"

publish go1.99.0.linux-riscv64.tar.gz "$(digest "$foreign")" "go1.99.0.$own_dashed.tar.gz" "$(digest "$native")" \
  go1.99.0.darwin-arm64.tar.gz "$wrong"
expect_exit 0 "$GOSTRAP" verify "$foreign" "$native"
expect_match "^  ok +official go1.99.0.linux-riscv64.tar.gz: canonical: $(digest "$foreign")$" "$T/out"
expect_exit 0 "$GOSTRAP" verify --official "${foreign%/*}" "${native%/*}"
ok "an archive with the published checksum is canonical"

expect_exit 2 "$GOSTRAP" verify "$apple"
expect_match 'not comparable: the published one carries Apple.s signatures' "$T/out"
ok "one that Apple signed is not comparable: exit code 2, for nothing was shown"

# the SDK's toolchain, packed again without the SDK's go.env
expect_exit 0 "$GOSTRAP" verify --official "$(entry go1.99.0-sdk-linux-riscv64)" "$(entry go1.99.0-toolchain-linux-riscv64)"
expect_match "^  ok +official go1.99.0.$own_dashed.tar.gz: canonical" "$T/out"
expect_match '^  ok +official go1.99.0.linux-riscv64.tar.gz: canonical' "$T/out"
ok "a toolchain and an SDK are packed again and compared"

publish go1.99.0.linux-riscv64.tar.gz "$wrong" "go1.99.0.$own_dashed.tar.gz" "$wrong"
expect_exit 1 "$GOSTRAP" verify "$foreign"
expect_match 'not canonical: the bits differ' "$T/out"
expect_match "ours: +$(digest "$foreign")" "$T/out"
expect_match "published: $wrong" "$T/out"
expect_exit 1 "$GOSTRAP" verify --official "$(entry go1.99.0-sdk-linux-riscv64)"
ok "other bits: exit code 1, and both checksums"
