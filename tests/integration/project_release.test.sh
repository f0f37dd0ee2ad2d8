#!/usr/bin/env bash
# Without --release: the project that one stands in chooses, before the store and the default do.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.97.0
for version in 1.98.1 1.98.3 1.99.0; do FLOOR=1.96.0 fake_release $version; done
default=$("$GOSTRAP" release list | sed -n 's/^\([0-9.]*\) .*(default)$/\1/p')
mkdir -p "$T/m/a"

# module LINE…: the go.mod of the module
module() { printf '%s\n' 'module example.org/m' "$@" >"$T/m/go.mod"; }
# in_module ARGUMENT…: gostrap, from a directory below the module's
in_module() { (cd "$T/m/a" && "$GOSTRAP" "$@"); }

module 'go 1.98.1'
expect_exit 0 in_module build riscv64
expect_match 'go1.98.1-sdk-linux-riscv64$' "$T/out"
expect_match "^gostrap: go1.98.1 is taken, not go$default: $T/m/go.mod says go 1.98.1 \(--release chooses another\)$" "$T/err"
expect_exit 0 in_module exec riscv64 -- go env GOARCH
expect_exit 0 in_module env riscv64
expect_match 'go1.98.1-sdk-linux-riscv64' "$T/out"
ok "build, exec and env take the release that go.mod names"

for line in 'go 1.98' 'go 1.97.9' 'go 1.98.0' 'go 1.98rc1'; do
  module "$line"
  expect_exit 0 in_module exec riscv64 -- go version
  expect_match "go1.98.1 is taken, not go$default: $T/m/go.mod says $line, and the store has its SDK for linux/riscv64 " "$T/err"
done
expect_exit 0 in_module build wasm --offline
expect_match 'go1.98.1-sdk-js-wasm$' "$T/out"
echo 1.98.x >"$T/.go-version"
expect_exit 0 env -C "$T" "$GOSTRAP" exec riscv64 -- go version
expect_match 'go1.98.1 is taken, not .*/.go-version says 1.98.x, and the store has its SDK' "$T/err"
rm "$T/.go-version"
ok "a go line is a minimum: what the store has of its line will do, else of a later one"

module 'go 1.98.3'
expect_exit 0 in_module build riscv64
expect_match 'go1.98.3-sdk-linux-riscv64$' "$T/out"
module 'go 1.99'
expect_exit 0 in_module plan riscv64
expect_match 'go1.99.0-sdk-linux-riscv64' "$T/out"
expect_match 'go.mod says go 1.99 ' "$T/err"
module 'go 1.98.1'
expect_exit 0 in_module plan riscv64
expect_match 'go.mod says go 1.98.1 ' "$T/err"
module 'go 1.98'
expect_exit 0 in_module plan riscv64
expect_match 'go.mod says go 1.98 ' "$T/err"
expect_match 'go1.98.3-sdk-linux-riscv64' "$T/out"
ok "and where the store has none that will do, or the one that it names, that one"

module 'go 1.98' 'toolchain go1.98.1'
expect_exit 0 in_module plan riscv64
expect_match 'go.mod says toolchain go1.98.1 ' "$T/err"
printf 'go 1.99.0\n' >"$T/m/go.work"
expect_exit 0 in_module plan riscv64
expect_match 'go.work says go 1.99.0 ' "$T/err"
expect_exit 0 env GOWORK=off bash -c "cd $T/m/a && '$GOSTRAP' plan riscv64"
expect_match 'go.mod says toolchain go1.98.1 ' "$T/err"
rm "$T/m/go.work"
expect_exit 0 env GOTOOLCHAIN=go1.98.3 bash -c "cd $T/m/a && '$GOSTRAP' plan riscv64"
expect_match 'GOTOOLCHAIN is go1.98.3 ' "$T/err"
ok "as the go command chooses: toolchain and go lines, go.work, GOWORK, GOTOOLCHAIN"

rm "$T/m/go.mod"
echo 1.98.1 >"$T/m/.go-version"
expect_exit 0 in_module plan riscv64
expect_match '.go-version says 1.98.1 ' "$T/err"
echo 1.98.2 >"$T/m/.go-version"
expect_exit 2 in_module plan riscv64
expect_match '.go-version asks for Go 1.98.2, and no release here is that' "$T/err"
rm "$T/m/.go-version"
ok ".go-version where there is no module, and what is not here is refused"

module 'go 1.99.0'
expect_exit 2 in_module exec riscv64 --release 1.98.1 -- go version
expect_match "cannot use go1.98.1 here: it is older than go 1.99.0, which $T/m/go.mod needs" "$T/err"
expect_exit 0 in_module plan riscv64 --release 1.98.1
module 'go 1.98.1' 'go 1.98.3'
expect_exit 2 in_module plan riscv64
expect_match "cannot read $T/m/go.mod: it has two go lines" "$T/err"
expect_exit 0 in_module plan riscv64 --release 1.98.1
ok "what is older than the go line is refused where it would be used, and a broken go.mod is named"

module 'go 1.98'
for word in ../go.mod 1.98.x 1.98; do
  expect_exit 0 in_module build riscv64 --release $word
  expect_match 'go1.98.3-sdk-linux-riscv64$' "$T/out"
done
expect_exit 0 in_module plan riscv64 --release latest
expect_match 'go1.99.0-sdk-linux-riscv64' "$T/out"
expect_exit 2 in_module plan riscv64 --release ./none.mod
expect_match 'none.mod' "$T/err"
ok "--release takes a line, the latest and a file"
