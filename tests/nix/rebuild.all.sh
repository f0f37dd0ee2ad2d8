#!/usr/bin/env bash
# What takes long: every step of 1.24.4 made twice, and all that `nix flake check` builds, which takes the default release
# and its ladder.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
requires qemu-riscv64 qemu-aarch64 node
for version in 1.24.4 1.24.9 1.27.1; do give_source "$version"; done

for package in go-host go-toolchain-linux-riscv64 go-archives-linux-riscv64; do
  nix_build "legacyPackages.x86_64-linux.${package}_1_24_4" >/dev/null
  expect_exit 0 nix build --no-link --rebuild "$flake#legacyPackages.x86_64-linux.${package}_1_24_4" "${stand_in[@]}"
  ok "a rebuild of $package finds no difference"
done

expect_exit 0 nix flake check "$flake" "${stand_in[@]}"
ok "nix flake check"
for port in arm64 riscv64 wasm wasi; do
  path=$(nix_build "checks.x86_64-linux.hello-$port")
  expect_match '^hello from .*, made with go1.27.1$' "$path"
  ok "$(cat "$path")"
done

archives=$(nix_build packages.x86_64-linux.go-archives-linux-riscv64)
expect_equal "the archive of 1.27.1" 62287667ee5e5f540f30fb9b7529a27fe582f22c6bfd726ece9b045f4c54ee61 \
  "$(sha256sum "$archives/go1.27.1.linux-riscv64.tar.gz" | cut -d' ' -f1)"
ok "1.27.1 by its ladder is the published one"
