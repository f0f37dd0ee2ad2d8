#!/usr/bin/env bash
# From one file into an empty Nix store: sources and SDKs at the paths that the flake expects, and nothing is left to build.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires qemu-riscv64
build 1.24.4 riscv64 >/dev/null
"$GOSTRAP" key "$T/key" >/dev/null
expect_exit 0 "$GOSTRAP" bundle create riscv64 --release 1.24.4 --source --sign "$T/key" --out "$T/go.tar.zst"
ok "a bundle out of gostrap's store: $(stat -c %s "$T/go.tar.zst") bytes"

export NIX_REMOTE="local?root=$T/store"
sdk=$(nix_eval packages.x86_64-linux.go-sdk-riscv64_1_24_4.outPath --raw)
source=$(nix_eval packages.x86_64-linux.go-source_1_24_4.outPath --raw)
words=()
for word in "${stand_in[@]}"; do words+=("--nix-arg=$word"); done
expect_exit 0 "$GOSTRAP" bundle install "$T/go.tar.zst" --nix --flake "$flake" --key "$T/key.pub" "${words[@]}"
expect_match "^$sdk\$" "$T/out"
expect_match "^$source\$" "$T/out"
nix-store --check-validity "$sdk" "$source"
ok "they are at the flake's own paths: $sdk $source"

expect_exit 0 nix build --max-jobs 0 --no-link "$flake#packages.x86_64-linux.go-sdk-riscv64_1_24_4" \
  "$flake#packages.x86_64-linux.go-source_1_24_4" "${stand_in[@]}"
expect_exit 0 nix store verify --no-trust "$sdk" "$source"
expect_exit 1 nix build --max-jobs 0 --no-link "$flake#packages.x86_64-linux.go-sdk-arm64_1_24_4" "${stand_in[@]}"
ok "nix build has nothing to fetch and nothing to build, as it would for another port"

expect_exit 0 "$GOSTRAP" verify "$T/store$sdk"
ok "the SDK in the Nix store is the one that was bundled"

mkdir "$T/tree" && echo x >"$T/tree/file"
"$GOSTRAP" bundle create --modules "$T/tree" --out "$T/tree.tar.zst" >/dev/null 2>&1
expect_exit 2 "$GOSTRAP" bundle install "$T/tree.tar.zst" --nix --flake "$flake" "${words[@]}"
expect_match 'the flake makes no such thing' "$T/err"
ok "what the flake does not make is refused before anything is unpacked"
