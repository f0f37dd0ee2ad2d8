#!/usr/bin/env bash
# What upstream published comes from the source: make.bash in the sandbox, without a network. Other tests take the archive as
# given (give_archive): here it is built, and what is handed out is the same whichever way it came.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
packages=legacyPackages.x86_64-linux
give_source 1.24.4
give_archive 1.24.4

proof=$(nix_build $packages.go_1_24_4.go-from-source-linux-amd64)
expect_equal "what was proved" \
  "77e5da33bb72aeaef1ba4418b6fe511bc4d041873cbf82e5aa6318740df98717  go1.24.4.linux-amd64.tar.gz" "$(cat "$proof")"
ok "an ordinary derivation builds 1.24.4 from source, and it is the published archive: $proof"

# In a store of its own, for which the archive of the toolchain that runs here is what a user downloaded.
archive=$(nix_build $packages.go_1_24_4.go-archive-linux-amd64)
sdk=$(nix_build $packages.go_1_24_4.go-sdk-riscv64)
empty="local?root=$T/store"
expect_exit 0 nix copy --no-check-sigs --to "$empty" "$(nix_build packages.x86_64-linux.gostrap)"
cp "$archive" "$T/go1.24.4.linux-amd64.tar.gz"
expect_equal "the path of a downloaded archive" "$archive" \
  "$(NIX_REMOTE=$empty nix-store --add-fixed sha256 "$T/go1.24.4.linux-amd64.tar.gz")"
expect_exit 0 nix build --impure --no-link --store "$empty" --print-out-paths --expr "
  (import $T/flake/nix { pkgs = import $T/nixpkgs { }; origin = \"published\"; }).packages.go_1_24_4.go-sdk-riscv64"
expect_equal "the path of the SDK of a downloaded archive" "$sdk" "$(cat "$T/out")"
expect_equal "its NAR hash" "$(nix hash path "$sdk")" "$(nix hash path "$T/store$sdk")"
ok "an SDK has one path and one NAR hash, whether its archive was built or downloaded: $(nix hash path "$sdk")"

# Another checksum than the build's stands for a builder that makes other bits. What it says it made are the published ones.
expect_exit 1 nix build --impure --no-link --print-build-logs --expr "
  let other = builtins.hashString \"sha256\" \"other bits\";
  in (import $T/flake/nix { pkgs = import $T/nixpkgs { }; }).packages.go_1_24_4.go-archive-linux-amd64.overrideAttrs
    (_: { published = other; outputHash = other; })"
expect_match 'gostrap: go1.24.4.linux-amd64.tar.gz was built, and is not what upstream published: its SHA-256 is' "$T/err"
expect_match '  77e5da33bb72aeaef1ba4418b6fe511bc4d041873cbf82e5aa6318740df98717, and the published one' "$T/err"
ok "the builder of go-archive-linux-amd64 makes the published bits; a build that ends in others fails, and says so"
