#!/usr/bin/env bash
# Debian 12's own Nix. The pinned nixpkgs cannot be evaluated by it, README says so, and nixpkgs says which version it needs;
# with an older nixpkgs (lib.mkGostrap) our files evaluate there as well, to the same derivations.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
requires /usr/bin/nix
minimum=$(sed -n 's/^"\(.*\)"$/\1/p' "$GOSTRAP_SOURCE_DIR/tests/nix/nixpkgs/minver.nix")
expect_match "Nix ${minimum%.0} or newer" "$GOSTRAP_SOURCE_DIR/README.md"
ok "README names the version that nixpkgs asks for: $minimum"

# older COMMAND…: with Debian's own
older() { PATH=/usr/bin:$PATH "$@"; }
version=$(older nix --version)
if [ "$(printf '%s\n' "$minimum" "${version##* }" | sort -V | sed -n 1p)" = "$minimum" ]; then
  ok "$version is new enough here"
  exit
fi
older expect_exit 1 nix eval "$flake#packages.x86_64-linux.gostrap.name" "${stand_in[@]}"
expect_match "requires Nix >= $minimum" "$T/err"
ok "$version is refused by nixpkgs, which says what it needs"

packages=(go_1_24_4.go-sdk-riscv64 go_1_24_4.go-archives-linux-riscv64 go-host go-source gostrap)
drvs=()
for package in "${packages[@]}"; do drvs+=("$(nix_eval "legacyPackages.x86_64-linux.$package.drvPath")"); done
echo '"2.3"' >"$T/nixpkgs/minver.nix"
for number in "${!packages[@]}"; do
  expect_equal "the derivation of ${packages[number]}" "${drvs[number]}" \
    "$(older nix_eval "legacyPackages.x86_64-linux.${packages[number]}.drvPath")"
done
ok "$version and $(nix --version) give the same derivations"

for script in evaluation go_mod graph cross; do
  expect_exit 0 env GOSTRAP_TEST_NIX_BIN=/usr/bin GOSTRAP_TEST_NIX_MINIMUM=2.3 bash "$GOSTRAP_SOURCE_DIR/tests/nix/$script.test.sh"
  expect_match '^ok: ' "$T/out"
  ok "$script: $(grep -c '^ok: ' "$T/out") expectations are met"
done
