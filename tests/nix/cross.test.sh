#!/usr/bin/env bash
# Cross package sets: what makes an SDK runs here, and the SDK is for the set's own machine.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"

# with_overlay EXPRESSION: of `pkgs`, a native set, with the overlay
with_overlay() {
  nix-instantiate --eval --strict --json --expr "
    let pkgs = import $T/nixpkgs { system = \"x86_64-linux\"; overlays = [ (import $T/flake/overlays) ]; }; in $1" 2>"$T/err" ||
    { cat "$T/err" >&2 && return 1; }
}
for pair in riscv64=riscv64 aarch64-multiplatform=arm64; do
  set=${pair%=*} port=${pair#*=}
  expect_equal "goSdk { } of pkgsCross.$set" "$(with_overlay "(pkgs.gostrap.goSdk { port = \"$port\"; }).drvPath")" \
    "$(with_overlay "(pkgs.pkgsCross.$set.gostrap.goSdk { }).drvPath")"
  expect_equal "goSdk { port } of pkgsCross.$set" "$(with_overlay "(pkgs.gostrap.goSdk { port = \"s390x\"; }).drvPath")" \
    "$(with_overlay "(pkgs.pkgsCross.$set.gostrap.goSdk { port = \"s390x\"; }).drvPath")"
  expect_equal "mkGostrap pkgsCross.$set" "$(with_overlay "(pkgs.gostrap.goSdk { port = \"$port\"; }).drvPath")" \
    "$(with_overlay "((import $T/flake/nix { pkgs = pkgs.pkgsCross.$set; }).goSdk { }).drvPath")"
  expect_equal "the runners" "$(with_overlay "map (each: each.name) (pkgs.gostrap.goSdk { port = \"$port\"; }).runners")" \
    "$(with_overlay "map (each: each.name) (pkgs.pkgsCross.$set.gostrap.goSdk { }).runners")"
done
ok "pkgsCross.riscv64.gostrap.goSdk { } is the SDK that runs here and targets riscv64"

own=$(with_overlay "pkgs.gostrap.drvPath")
[ "$(with_overlay "pkgs.pkgsCross.riscv64.gostrap.drvPath")" != "$own" ] || fail "the program of the cross set is this machine's"
expect_match "-gostrap-[0-9.]*-riscv64-linux\.drv" <(with_overlay "pkgs.pkgsCross.riscv64.gostrap.drvPath")
ok "while its program is one for riscv64"

expect_equal "with our SDK as everybody's go" "$(with_overlay "(pkgs.gostrap.goSdk { port = \"riscv64\"; }).drvPath")" \
  "$(nix-instantiate --eval --strict --json --expr "
    let pkgs = import $T/nixpkgs { system = \"x86_64-linux\"; overlays = [ (import $T/flake/overlays) (final: _: { go = final.gostrap.goSdk { }; }) ]; };
    in (pkgs.pkgsCross.riscv64.gostrap.goSdk { }).drvPath" 2>/dev/null)"
ok "also where an overlay makes an SDK the go of the set"
