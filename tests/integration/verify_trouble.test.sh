#!/usr/bin/env bash
# verify: trouble of the machine is exit code 2, and a difference is 1.
# shellcheck source=tests/lib/mounts.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/mounts.sh"
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/fake-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/fake-go.sh"
requires_mounts
fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
sdk=$(entry go1.99.0-sdk-linux-riscv64)

mkdir "$T/full"
mount -t tmpfs -o size=16k none "$T/full"
head -c 100000 /dev/zero >"$T/full/x" 2>/dev/null || true
expect_exit 2 env TMPDIR="$T/full" "$GOSTRAP" verify "$sdk"
expect_match 'No space left on device' "$T/err"
expect_no_match FAILED "$T/out"
ok "no space in TMPDIR"

mkdir "$T/noexec"
mount -t tmpfs -o noexec none "$T/noexec"
cp -R "$sdk" "$T/noexec/"
expect_exit 2 "$GOSTRAP" verify --run "$T/noexec/${sdk##*/}"
expect_match 'mounted noexec' "$T/err"
expect_no_match FAILED "$T/out"
ok "a file system without execution is told by its name"
