#!/usr/bin/env bash
# SDKs and archives of real Go, built by Nix in its sandbox without a network: they run, and their bits are those that are
# published and those that gostrap makes without Nix.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires qemu-riscv64 qemu-aarch64 node
give_archive 1.24.4

mapfile -t sdks < <(nix_build legacyPackages.x86_64-linux.go_1_24_4.go-sdk-{riscv64,arm64,wasm})
expect_equal "number of SDKs" 3 "${#sdks[@]}"
ok "Nix builds SDKs: ${sdks[*]}"

mkdir "$T/hello" && cd "$T/hello"
cp "$GOSTRAP_SOURCE_DIR/nix/templates/default/main.go" .
printf 'module hello\n\ngo 1.24\n' >go.mod
for port in linux/riscv64 linux/arm64 js/wasm; do
  PATH=${sdks[0]}/bin:$PATH GOCACHE=$T/cache expect_exit 0 go run .
  expect_equal "what hello says" "hello from $port, made with go1.24.4" "$(cat "$T/out")"
  ok "$(cat "$T/out")"
  sdks=("${sdks[@]:1}" "${sdks[0]}")
done

for sdk in "${sdks[@]}"; do
  expect_exit 0 "$GOSTRAP" verify "$sdk"
  [ -z "$(nix-store -q --references "$sdk")" ] || fail "$sdk refers to $(nix-store -q --references "$sdk")"
done
ok "gostrap verifies them; they refer to nothing in the store"

host=$(nix_build legacyPackages.x86_64-linux.go_1_24_4.go-host)
expect_equal "what the host toolchain says" "go version go1.24.4 linux/amd64" "$("$host/bin/go" version)"
ok "the host toolchain runs where it was unpacked"

archives=$(nix_build legacyPackages.x86_64-linux.go_1_24_4.go-archives-linux-riscv64)
expect_equal "the archive" 1d7034f98662d8f2c8abd7c700ada4093acb4f9c00e0e51a30344821d0785c77 \
  "$(sha256sum "$archives/go1.24.4.linux-riscv64.tar.gz" | cut -d' ' -f1)"
expect_exit 0 "$GOSTRAP" verify --official "$archives"
expect_match 'official go1.24.4.linux-riscv64.tar.gz: canonical'
ok "the archive is the published one"

# The same SDK without Nix: one NAR, manifest and wrappers included.
without_nix=$(build 1.24.4 riscv64)
expect_equal "NAR hash of the SDK" "$(nix hash path "$without_nix")" \
  "$(nix hash to-sri "$(nix-store -q --hash "${sdks[0]}")")"
ok "gostrap build makes the same NAR: $(nix hash path "$without_nix")"

expect_exit 0 nix build --no-link --rebuild "$flake#legacyPackages.x86_64-linux.go_1_24_4.go-sdk-riscv64" "${stand_in[@]}"
ok "a rebuild of the SDK finds no difference"
