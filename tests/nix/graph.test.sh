#!/usr/bin/env bash
# What depends on what: one host toolchain for all ports of a release, ladders between releases, and derivations that
# change only with what they are made from.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
packages=legacyPackages.x86_64-linux

# steps ATTRIBUTE: the names of the Go derivations that it is built from.
steps() { nix-store -q --requisites "$(drv "$1")" | sed -nE 's/.*-(go-.*)\.drv$/\1/p' | sort | tr '\n' ' '; }
drv() { nix_eval "$packages.$1.drvPath" --raw; }
host_of() { nix-store -q --references "$(drv "$1")" | grep -- '-go-host-'; }

start=go-1.23.5
expect_equal "steps of an SDK" "$start go-1.24.4-source go-host-1.24.4 go-sdk-linux-riscv64-1.24.4 " \
  "$(steps go-sdk-riscv64_1_24_4)"
expect_equal "steps of archives" \
  "$start go-1.24.4-source go-archives-linux-riscv64-1.24.4 go-host-1.24.4 go-toolchain-linux-riscv64-1.24.4 " \
  "$(steps go-archives-linux-riscv64_1_24_4)"
ok "an SDK is two steps after the source, archives are three"

for each in go-sdk-arm64_1_24_4 go-sdk-windows-amd64_1_24_4 go-toolchain-linux-s390x_1_24_4 go-archives-darwin-arm64_1_24_4; do
  expect_equal "the host toolchain of $each" "$(host_of go-sdk-riscv64_1_24_4)" "$(host_of "$each")"
done
ok "every port of a release is made with one host toolchain"

expect_equal "steps of 1.27.1" \
  "$start go-1.24.13-source go-1.27.1-source go-host-1.24.13 go-host-1.27.1 go-sdk-linux-riscv64-1.27.1 " \
  "$(steps go-sdk-riscv64_1_27_1)"
ok "where nixpkgs' Go is too old, an older release is a rung"

# One change after the other, and whether it may move a derivation path.
before=$(drv go-archives-linux-riscv64_1_24_4)
for file in README.md tests/run tests/nix/README.md nix/templates/default/main.go nix/shells.nix flake.nix; do
  echo "# unrelated" >>"$T/flake/$file"
  expect_equal "the derivation after a change of $file" "$before" "$(drv go-archives-linux-riscv64_1_24_4)"
done
touch "$T/flake/nix/new.nix" "$T/flake/new"
expect_equal "the derivation with new files" "$before" "$(drv go-archives-linux-riscv64_1_24_4)"
ok "README, tests, templates and the wiring change no derivation"
echo "// related" >>"$T/flake/src/main.cpp"
[ "$before" != "$(drv go-archives-linux-riscv64_1_24_4)" ] || fail "a change of the program changed nothing"
ok "the program's source does"
