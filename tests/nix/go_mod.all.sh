#!/usr/bin/env bash
# A module that names a toolchain of its own, go1.25.3, is built by it for riscv64, in Nix and without: from its source, which
# GOSTRAP_TEST_GO_GIT, a clone of Go's history, has.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires qemu-riscv64
from=$(source_of 1.25.3)
[ -n "$from" ] || fail "no source of 1.25.3 is within reach (GOSTRAP_TEST_GO_GIT names a clone of Go's history)"

mkdir "$T/hello"
cp "$GOSTRAP_SOURCE_DIR"/nix/templates/default/{main.go,main_test.go} "$T/hello/"
printf 'module example.org/hello\n\ngo 1.24\n\ntoolchain go1.25.3\n' >"$T/hello/go.mod"
expect_built() { expect_equal "what it says" "hello from linux/riscv64, made with go1.25.3" "$(qemu-riscv64 "$1")"; }

path=$(nix_eval legacyPackages.x86_64-linux.go_1_25_3.go-source.outPath --raw)
expect_exit 0 "$GOSTRAP" source 1.25.3 --from "$from" --out "$T/go-1.25.3-source"
expect_equal "the path of the source" "$path" "$(nix-store --add-fixed --recursive sha256 "$T/go-1.25.3-source")"
expect_exit 0 nix build --impure --no-link --print-out-paths --print-build-logs --expr "
  let gostrap = import $T/flake/nix { pkgs = import $T/nixpkgs { }; };
  in (gostrap.goSdk { release = gostrap.fromGoMod $T/hello/go.mod; port = \"riscv64\"; }).buildGoModule {
    pname = \"hello\";
    version = \"1\";
    src = $T/hello;
    vendorHash = null;
  }"
program=$(cat "$T/out")/bin/hello
expect_built "$program"
ok "fromGoMod: $program"

cd "$T/hello"
export GOSTRAP_STORE=$T/store
expect_exit 0 "$GOSTRAP" build riscv64 --from "$from"
expect_match 'go1.25.3' "$T/err"
expect_exit 0 "$GOSTRAP" exec riscv64 -- go build -o "$T/hello/program" .
expect_built "$T/hello/program"
ok "gostrap exec riscv64 -- go build"
