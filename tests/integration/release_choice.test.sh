#!/usr/bin/env bash
# Without --release: what the store has comes before a default that it has not.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.97.0
FLOOR=1.96.0 fake_release 1.98.3
FLOOR=1.96.0 fake_release 1.99.0
default=$("$GOSTRAP" release list | sed -n 's/^\([0-9.]*\) .*(default)$/\1/p')

expect_exit 2 "$GOSTRAP" exec riscv64 -- go version
expect_match "use the SDK of go$default for linux/riscv64" "$T/err"
ok "of an empty store, the default"

expect_exit 0 "$GOSTRAP" build riscv64 --release 1.98.3
said="gostrap: go1.98.3 is taken, not go$default: the store has its SDK for linux/riscv64 \(--release chooses another\)"
for words in 'env riscv64' 'exec riscv64 -- go env GOARCH' 'plan riscv64' 'build riscv64' "bundle create riscv64 --out $T/b.tar.zst" \
  "image sdk riscv64 -o $T/image --no-ca"; do
  # shellcheck disable=SC2086
  expect_exit 0 "$GOSTRAP" $words
  expect_match "^$said$" "$T/err"
  expect_equal "lines about it by $words" 1 "$(grep -c 'is taken, not' "$T/err")"
done
expect_exit 0 "$GOSTRAP" exec riscv64 -- go env GOARCH
expect_equal "its standard output" riscv64 "$(cat "$T/out")"
ok "the SDK that the store has is found by whoever names no release, and that is said in one line"

expect_exit 0 "$GOSTRAP" exec riscv64 --release 1.98 -- go env GOARCH
expect_no_match 'is taken' "$T/err"
expect_exit 2 "$GOSTRAP" exec riscv64 --release 1.99.0 -- go version
expect_match 'has none; it has that of 1\.98\.3 \(--release\)$' "$T/err"
expect_match 'gostrap build linux/riscv64 --release 1\.99\.0$' "$T/err"
ok "what is named is taken, and where it is not there the releases that are"

expect_exit 2 "$GOSTRAP" exec wasm -- go version
expect_match "go1.98.3 is taken, not go$default: the store has its host toolchain" "$T/err"
expect_match 'use the SDK of go1.98.3 for js/wasm' "$T/err"
rm -rf "$(source_of 1.98.3)" "$(source_of 1.99.0)"
expect_exit 0 "$GOSTRAP" build s390x wasm --offline
expect_match 'go1.98.3-sdk-linux-s390x$' "$T/out"
expect_exit 0 "$GOSTRAP" build arm64 --profile GOGC=200 --offline
expect_match 'go1.98.3-sdk-linux-arm64-GOGC-200$' "$T/out"
ok "another port is made by the host toolchain that is there, without a network"

expect_exit 0 "$GOSTRAP" key "$T/us"
expect_exit 0 "$GOSTRAP" bundle create riscv64 --host --sign "$T/us" --out "$T/carried.tar.zst"
expect_exit 0 "$GOSTRAP" bundle install "$T/carried.tar.zst" --key "$T/us.pub" --store "$T/behind"
expect_exit 0 "$GOSTRAP" build loong64 --offline --store "$T/behind"
expect_match 'go1.98.3-sdk-linux-loong64$' "$T/out"
ok "behind an air gap too"

export GOSTRAP_RELEASE=1.99.0
expect_exit 2 "$GOSTRAP" exec riscv64 -- go version
expect_match "gostrap: go1.99.0 is taken, not go$default: GOSTRAP_RELEASE is 1.99.0 \(--release chooses another\)" "$T/err"
expect_match 'use the SDK of go1.99.0 for linux/riscv64' "$T/err"
expect_exit 0 "$GOSTRAP" exec riscv64 --release 1.98.3 -- go env GOARCH
expect_no_match 'is taken' "$T/err"
mkdir "$T/project"
cd "$T/project"
printf 'module x\n\ngo 1.98.0\ntoolchain go1.98.3\n' >go.mod
expect_exit 2 "$GOSTRAP" exec riscv64 -- go version
expect_match 'GOSTRAP_RELEASE is 1.99.0' "$T/err"
printf 'go nonsense\n' >go.mod
GOSTRAP_RELEASE=1.98 expect_exit 0 "$GOSTRAP" plan riscv64
expect_match 'go1.98.3 is taken, .*: GOSTRAP_RELEASE is 1.98 ' "$T/err"
GOSTRAP_RELEASE=1.2.3 expect_exit 2 "$GOSTRAP" plan riscv64
expect_match 'GOSTRAP_RELEASE is 1.2.3: there is no release "1.2.3"' "$T/err"
GOSTRAP_RELEASE='' expect_exit 2 "$GOSTRAP" plan riscv64
expect_match 'go.mod' "$T/err" # an empty one is none
ok "GOSTRAP_RELEASE comes before the project and the store, and behind --release"
