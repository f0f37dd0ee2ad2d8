#!/usr/bin/env bash
# What takes long: every step of 1.24.4 made twice, and all that `nix flake check` builds, which takes the default release
# and its ladder. Of the rung's line the tests have the source of another patch, which is put in its place.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
requires qemu-riscv64 qemu-aarch64 node
for version in 1.24.4 1.24.9 1.27.1; do give_source "$version"; done

for package in go-host-from-source go-host go-archive-linux-riscv64 go-archives-linux-riscv64 go-toolchain-darwin-arm64; do
  nix_build "legacyPackages.x86_64-linux.go_1_24_4.$package" >/dev/null
  expect_exit 0 nix build --no-link --rebuild "$flake#legacyPackages.x86_64-linux.go_1_24_4.$package" "${stand_in[@]}"
  ok "a rebuild of $package finds no difference"
done

# from_rung ATTRIBUTE: of packages that start from 1.24.9
from_rung() {
  nix build --impure --no-link --print-out-paths --print-build-logs --expr "
    let made = bootstrap: import $T/flake/nix ({ pkgs = import $T/nixpkgs { }; } // bootstrap);
    in (made { bootstrap = (made { }).goHost \"1.24.9\"; }).packages.$1"
}
for port in linux-amd64 linux-riscv64; do
  expect_exit 0 from_rung go_1_27_1.go-from-source-$port
  ok "1.27.1 by its ladder is the published one: $(cat "$(cat "$T/out")")"
done
expect_exit 0 from_rung go_1_27_1.go-archive-linux-amd64
expect_equal "the path of the archive" "$(nix_eval packages.x86_64-linux.go-archive-linux-amd64.outPath --raw)" "$(cat "$T/out")"

checks=$(nix_eval checks.x86_64-linux --raw --apply 'set: toString (builtins.attrNames set)')
for check in $checks; do
  [[ $check != from-source-* ]] || continue
  expect_exit 0 nix build --no-link "$flake#checks.x86_64-linux.$check" "${stand_in[@]}"
done
ok "what nix flake check builds: $checks"
for port in arm64 riscv64 wasm wasi; do
  path=$(nix_build "checks.x86_64-linux.hello-$port")
  expect_match '^hello from .*, made with go1.27.1$' "$path"
  ok "$(cat "$path")"
done
