#!/usr/bin/env bash
# A go line is a minimum: of what the store has, that is taken which is asked for, before another is fetched; ours before a stranger's.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires zstd

fake_bootstrap 1.96.0
for version in 1.97.2 1.97.5 1.98.1 1.98.3 1.98.5 1.99.0; do
  FLOOR=1.96.0
  [ "${version%.*}" != 1.98 ] || FLOOR=1.97.0 # so that 1.97.5 is a rung of its ladder
  FLOOR=$FLOOR fake_release $version
done
mkdir "$T/m" && cd "$T/m"
module() { printf '%s\n' 'module example.org/m' "$@" >go.mod; }
# taken VERSION WORD…: the release whose go command runs
taken() {
  expect_exit 0 "$GOSTRAP" "${@:2}" -- sh -c 'command -v go'
  expect_match "go$1-sdk-" "$T/out"
}

expect_exit 0 "$GOSTRAP" build riscv64 --release 1.98.1
expect_exit 0 "$GOSTRAP" list
expect_match 'host go1.97.5' "$T/out"
for line in 1.97 1.97.0 1.97.2 1.98 1.98.0; do
  module "go $line"
  taken 1.98.1 exec riscv64
  expect_match "go1.98.1 is taken, not .*/go.mod says go $line, and the store has its SDK" "$T/err"
done
ok "a rung's host toolchain does not stand before an SDK that will do"

expect_exit 0 "$GOSTRAP" build arm64 --release 1.98.3
module 'go 1.98.3'
expect_exit 2 "$GOSTRAP" exec riscv64 -- true
expect_match 'use the SDK of go1.98.3 for linux/riscv64' "$T/err"
module 'go 1.98.1'
taken 1.98.3 exec arm64
module 'go 1.98'
for words in '1.98.3+auto arm64' '1.98.5+auto none'; do
  GOTOOLCHAIN=go${words% *} expect_exit 0 "$GOSTRAP" plan riscv64
  expect_match "go${words%+*}-sdk-linux-riscv64" "$T/out"
done
ok "nor less than GOTOOLCHAIN asks for"

expect_exit 0 "$GOSTRAP" use riscv64 --release 1.98.1
GOSTRAP_RELEASE=1.98.3 expect_exit 2 "$GOSTRAP" exec riscv64 -- true
expect_match 'GOSTRAP_RELEASE is 1.98.3 \(--release chooses another\)' "$T/err"
rm gostrap.lock
ok "what has chosen is what is told to change it"

# A stranger's store has the very release that is asked for, ours a later one.
expect_exit 0 "$GOSTRAP" bundle create riscv64 --release 1.98.1 --host --out "$T/theirs.tar.zst"
export HOME=$T/ours
mkdir -p "$HOME/.config/gostrap"
cp "$releases_file" "$HOME/.config/gostrap/"
cp -r "$T/home/sdk" "$HOME/" 2>/dev/null || fake_bootstrap 1.96.0
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
expect_exit 0 "$GOSTRAP" bundle install "$T/theirs.tar.zst"
module 'go 1.98'
taken 1.99.0 exec riscv64
expect_no_match 'unsigned' "$T/err"
expect_exit 0 "$GOSTRAP" plan arm64
expect_match 'go1.99.0-sdk-linux-arm64' "$T/out"
module 'go 1.98.1'
taken 1.99.0 exec riscv64
chmod -R u+w "$T/ours/.local" && rm -rf "$T/ours/.local"
expect_exit 0 "$GOSTRAP" bundle install "$T/theirs.tar.zst"
taken 1.98.1 exec riscv64
expect_match 'is unsigned' "$T/err"
ok "a stranger's does not win by being nearer, and is taken where there is nothing else"
