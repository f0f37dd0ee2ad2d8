#!/usr/bin/env bash
# Each template, taken as a user takes it, builds with the SDK that its go.mod names; its tests run on its port. What it
# hands to buildGoModule is what nixpkgs' own Go has.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
requires qemu-riscv64 qemu-aarch64 node
give_archive 1.24.4

for template in default cross wasm; do
  mkdir "$T/$template" && cd "$T/$template"
  expect_exit 0 nix flake init --template "$flake#$template"
  for file in flake.nix go.mod main.go main_test.go; do [ -f $file ] || fail "template $template has no $file"; done
done
cp -r "$T/default" "$T/old"
ok "nix flake init takes the templates"

# In the templates gostrap is what the user's registry says; here it is the checkout.
# from_template TEMPLATE PACKAGE…: builds them, and prints their paths
from_template() {
  local package template=$1 inputs=(--override-input gostrap "$flake" --override-input gostrap/nixpkgs "path:$T/nixpkgs"
    --no-write-lock-file)
  shift
  for package in "$@"; do
    nix build --out-link "$T/result" "path:$T/$template#$package" "${inputs[@]}" 2>"$T/build.log" ||
      { cat "$T/build.log" >&2 && return 1; }
    readlink "$T/result"
  done
}
hello=$(from_template default default)
expect_equal "the program" "hello from linux/amd64, made with go1.24.4" "$("$hello/bin/hello")"
mapfile -t hellos < <(from_template cross arm64 riscv64 && from_template wasm wasm wasi)
expect_equal "number of programs" 4 "${#hellos[@]}"
expect_equal "for riscv64" "hello from linux/riscv64, made with go1.24.4" "$(qemu-riscv64 "${hellos[1]}/bin/hello")"
[ -f "${hellos[0]}/bin/hello" ] || fail "no program for arm64"
expect_equal "a wasm program's first bytes" '0061736d' "$(od -An -tx1 -N4 "${hellos[3]}/bin/hello" | tr -d ' ')"
all=$(from_template cross default)
expect_equal "what nix build makes" "${hellos[*]:0:2}" "$(readlink "$all/arm64" "$all/riscv64" | tr '\n' ' ' | sed 's/ $//')"
ok "and they build: ${hellos[*]}"

mapfile -t checks < <(nix_build checks.x86_64-linux.template-{default-default,cross-arm64,cross-riscv64,wasm-wasm,wasm-wasi,cross-default})
expect_equal "the checks of nix flake check" "$hello ${hellos[*]} $all" "${checks[*]}"
ok "nix flake check builds these very programs"

# A server, by the machine's own SDK: it starts where there is no /lib64, as in nixpkgs' sandbox and on NixOS.
cat >"$T/default/server.go" <<'GO'
package main

import (
	_ "net/http"
	_ "os/user"
)
GO
server=$(from_template default default)
expect_exit 0 "$GOSTRAP" inspect "$server/bin/hello" --expect static
mkdir "$T/empty" && cp "$server/bin/hello" "$T/empty/"
expect_exit 0 chroot "$T/empty" /hello
expect_match '^hello from linux/amd64' "$T/out"
ok "a program with net and os/user is static, and runs where nothing else is"

# Where nixpkgs has the port from stdenv: the same programs.
echo '"stdenv"' >"$T/nixpkgs/go-contract.nix"
mapfile -t tomorrow < <(from_template cross riscv64 && from_template wasm wasi)
expect_equal "for riscv64" "hello from linux/riscv64, made with go1.24.4" "$(qemu-riscv64 "${tomorrow[0]}/bin/hello")"
expect_equal "a wasm program's first bytes" '0061736d' "$(od -An -tx1 -N4 "${tomorrow[1]}/bin/hello" | tr -d ' ')"
echo '"go"' >"$T/nixpkgs/go-contract.nix"
ok "also with the buildGoModule of tomorrow"

sed -i 's/go1.24.4/go1.24.99/' "$T/old/go.mod"
expect_exit 1 from_template old default
expect_match 'asks for Go 1.24.99, and no release here is that'
ok "a template whose release is not here says so"

passthru='sdk: { inherit (sdk) GOOS GOARCH CGO_ENABLED version; inherit (sdk.meta) platforms mainProgram; }'
expect_equal "passthru" \
  '{"CGO_ENABLED":"0","GOARCH":"riscv64","GOOS":"linux","mainProgram":"go","platforms":["x86_64-linux","aarch64-linux"],"version":"1.24.4"}' \
  "$(nix_eval legacyPackages.x86_64-linux.go_1_24_4.go-sdk-riscv64 --json --apply "$passthru")"
expect_equal "CGO_ENABLED of the own port" '"0"' "$(nix_eval legacyPackages.x86_64-linux.go_1_24_4.go-sdk-linux-amd64.CGO_ENABLED)"
ok "an SDK has what buildGoModule reads from its go"
