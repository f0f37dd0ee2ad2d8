#!/usr/bin/env bash
# Places that cannot be written: a read-only store still serves, and what needs writing says where and what to do.

# Read-only file systems hold for root too, and need a mount namespace.
# shellcheck source=tests/lib/mounts.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/mounts.sh"
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires_mounts

fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
sdk=$(entry go1.99.0-sdk-linux-riscv64)

mount --bind "$store" "$store" && mount -o remount,bind,ro "$store"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
expect_exit 0 "$GOSTRAP" list
expect_exit 0 "$GOSTRAP" exec riscv64 --release 1.99.0 -- go version
expect_exit 0 "$GOSTRAP" plan arm64 --release 1.99.0
expect_exit 0 "$GOSTRAP" verify "$sdk"
ok "a read-only store serves what it has"

expect_exit 2 "$GOSTRAP" build arm64 --release 1.99.0
expect_match "^gostrap: cannot .*$store.*: Read-only file system" "$T/err"
expect_match 'Name a place that can be written \(--store DIR' "$T/err"
expect_exit 0 "$GOSTRAP" build arm64 --release 1.99.0 --store "$T/another"
umount "$store"
ok "what it has not: the place is named, and that another can be"

cannot() { # REGEX COMMAND…
  expect_exit 2 "${@:2}"
  expect_match "^gostrap: cannot .*$1" "$T/err"
  expect_no_match 'unforeseen' "$T/err"
}
config=(--releases "$releases_file" --release 1.99.0)
for home in /dev/null/nobody "$T/file"; do
  touch "$T/file"
  cannot "$home.*: Not a directory" env HOME="$home" "$GOSTRAP" build riscv64 "${config[@]}" --bootstrap "$HOME/sdk/go1.98.0"
  expect_exit 0 env HOME="$home" "$GOSTRAP" list
  expect_exit 0 env HOME="$home" "$GOSTRAP" build riscv64 "${config[@]}" --store "$store"
done
mkdir "$T/read-only" && mount -t tmpfs -o ro tmpfs "$T/read-only"
cannot "$T/read-only/.*: Read-only file system" env HOME="$T/read-only" \
  "$GOSTRAP" build riscv64 "${config[@]}" --bootstrap "$HOME/sdk/go1.98.0"
expect_match 'Name a place that can be written' "$T/err"
expect_exit 0 env -u HOME "$GOSTRAP" build riscv64 "${config[@]}" --store "$store"
ok "a HOME that cannot be written, or none: the place is named; with --store nothing is written there"

for place in /nonexistent/tmp /dev/null "$T/read-only"; do
  expect_exit 0 env TMPDIR="$place" "$GOSTRAP" build riscv64 --release 1.99.0 --store "$T/without${place//\//-}"
  cannot "$place" env TMPDIR="$place" "$GOSTRAP" source 1.99.0 --out "$T/source-out"
  expect_match 'Set TMPDIR to a directory that can be written' "$T/err"
  [ ! -e "$T/source-out" ] || fail "half an output"
done
cannot "$T/read-only/out.*: Read-only file system" "$GOSTRAP" source 1.99.0 --out "$T/read-only/out"
expect_match 'Name a place that can be written .*--out DIR' "$T/err"
cannot "$T/file" "$GOSTRAP" source 1.99.0 --out "$T/file/out"
ok "without a usable TMPDIR build works, and single steps say what to set"
