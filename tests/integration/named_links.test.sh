#!/usr/bin/env bash
# Names that a user types may be symbolic links: a root, an entry on another disk, a store that is reached through one.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires zstd
fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --root "$T/sdk"
sdk=$(entry go1.99.0-sdk-linux-riscv64)
source=$(entry go1.99.0-source)
cd "$T"

expect_exit 0 "$GOSTRAP" verify ./sdk
expect_match '^  ok +hello runs' "$T/out"
ln -s "$source" "$T/source-link"
expect_exit 0 "$GOSTRAP" verify ./source-link
expect_match '^  ok +source' "$T/out"
ln -s sdk "$T/second"
expect_exit 0 "$GOSTRAP" verify "$T/second/"
expect_match '^  ok +hello runs' "$T/out"
ok "verify follows a root, and a link to it"

expect_exit 0 "$GOSTRAP" verify --repair ./sdk
expect_match '^  ok +files' "$T/out"
chmod u+w "$sdk/share/go/VERSION" && echo x >>"$sdk/share/go/VERSION"
expect_exit 0 "$GOSTRAP" verify --repair ./sdk
expect_match '^  ok +repair: made again' "$T/out"
ok "verify --repair too"

expect_exit 0 "$GOSTRAP" bundle create ./sdk --out "$T/linked.tar.zst"
expect_exit 0 "$GOSTRAP" bundle create "$sdk" --out "$T/named.tar.zst"
cmp "$T/linked.tar.zst" "$T/named.tar.zst"
mkdir "$T/modules" && echo x >"$T/modules/x" && ln -s modules "$T/modules-link"
expect_exit 0 "$GOSTRAP" bundle create --modules "$T/modules-link" --out "$T/modules.tar.zst"
ok "bundle create makes the same of a link as of what it leads to"

expect_exit 0 "$GOSTRAP" image sdk ./sdk -o "$T/image" --no-ca
ok "image sdk takes one"

mkdir "$T/disk"
mv "$sdk" "$T/disk/" && ln -s "$T/disk/${sdk##*/}" "$sdk"
expect_exit 0 "$GOSTRAP" list
expect_exit 0 "$GOSTRAP" verify "$sdk"
expect_match '^  ok +hello runs' "$T/out"
expect_exit 0 "$GOSTRAP" prune --older-than 0d
expect_match "a link to $T/disk" "$T/out"
expect_exit 0 "$GOSTRAP" prune --older-than 0d --apply
[ -d "$T/disk/${sdk##*/}" ] || fail "prune removed what an entry leads to"
ok "an entry that was moved to another disk is verified, and left by prune"
