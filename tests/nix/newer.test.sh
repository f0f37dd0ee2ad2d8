#!/usr/bin/env bash
# The same with a newer Nix than Debian 12's: what evaluates there evaluates here, to the same derivations, and builds the
# same bits.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
give_source 1.24.4
bin=${GOSTRAP_TEST_NEWER_NIX:?where the newer Nix is, see tests/run}/bin
[ -x "$bin/nix" ] || fail "there is no $bin/nix: tests/lib/newer-nix.sh gets it"
[ "$("$bin/nix" --version)" != "$(nix --version)" ] || fail "this is no newer Nix"

packages=(go-sdk-riscv64_1_24_4 go-archives-linux-riscv64_1_24_4 go-host go-source gostrap)
for package in "${packages[@]}"; do
  drv=$(nix_eval "packages.x86_64-linux.$package.drvPath")
  expect_equal "the derivation of $package" "$drv" "$(PATH=$bin:$PATH nix_eval "packages.x86_64-linux.$package.drvPath")"
done
ok "$(nix --version) and $("$bin/nix" --version) give the same derivations"

for script in evaluation go_mod graph templates cache; do
  expect_exit 0 env "GOSTRAP_TEST_NIX_BIN=$bin" bash "$GOSTRAP_SOURCE_DIR/tests/nix/$script.test.sh"
  expect_match '^ok: ' "$T/out"
  ok "$script: $(grep -c '^ok: ' "$T/out") expectations are met"
done

sdk=$(nix_build packages.x86_64-linux.go-sdk-riscv64_1_24_4)
PATH=$bin:$PATH
expect_exit 0 nix build --no-link --rebuild "$flake#packages.x86_64-linux.go-sdk-riscv64_1_24_4" "${stand_in[@]}"
expect_equal "the SDK's path" "$sdk" "$(nix_build packages.x86_64-linux.go-sdk-riscv64_1_24_4)"
ok "it makes the same SDK in its sandbox"
