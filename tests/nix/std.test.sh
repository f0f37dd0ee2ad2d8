#!/usr/bin/env bash
# The compiled std in Nix: the same bits as without Nix, and what builds and shells take in place of compiling it again.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires qemu-riscv64
give_archive 1.24.4

std=$(nix_build legacyPackages.x86_64-linux.go_1_24_4.go-std-riscv64)
mapfile -t built < <(build 1.24.4 linux/riscv64 --std)
expect_equal "NAR hash of the compiled std" "$(nix hash path "${built[1]}")" "$(nix hash path "$std")"
ok "it is the same, bit for bit, with Nix and without"

mkdir "$T/hello"
cp "$GOSTRAP_SOURCE_DIR"/nix/templates/default/{go.mod,main.go,main_test.go} "$T/hello/"
# program WITH_STD: the module by sdk.buildGoModule, whose go commands say what they run
program() {
  expect_exit 0 nix build --impure --no-link --print-out-paths --print-build-logs --expr "
    ((import $T/flake/nix { pkgs = import $T/nixpkgs { }; withStd = $1; }).goSdk {
      release = \"1.24.4\";
      port = \"riscv64\";
    }).buildGoModule {
      pname = \"hello\";
      version = \"1\";
      src = $T/hello;
      vendorHash = null;
      preBuild = ''export GOFLAGS=\"\$GOFLAGS -x\"'';
    }"
}
program true
with=$(cat "$T/out")
expect_match '/compile -o .* -p main '
expect_no_match '/compile -o .* -p (fmt|runtime|testing|os) ' "$T/err"
program false
expect_match '/compile -o .* -p fmt '
cmp "$with/bin/hello" "$(cat "$T/out")/bin/hello"
ok "sdk.buildGoModule compiles nothing of std, for the program and for its tests, and makes the same program"

cd "$T/hello"
mkdir "$T/fresh"
in_shell() { nix develop "$flake#go_1_24_4.riscv64" "${stand_in[@]}" --command "$@"; }
HOME=$T/fresh expect_exit 0 in_shell go build -x -o "$T/program" .
expect_match '/compile -o .* -p main '
expect_no_match '/compile -o .* -p (fmt|runtime) ' "$T/err"
GOCACHEPROG='/bin/false x' expect_exit 0 in_shell printenv GOCACHEPROG
expect_match '^/bin/false x$'
ok "so does a shell, where you have named no cache program of your own"
