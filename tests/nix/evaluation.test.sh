#!/usr/bin/env bash
# Everything evaluates: each file, each attribute for each system, the lock, what errors say, and the ways in without flakes.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"

mapfile -t files < <(find "$T/flake" -name '*.nix')
[ ${#files[@]} -gt 15 ] || fail "only ${#files[@]} files of Nix"
for file in "${files[@]}"; do nix-instantiate --parse "$file" >/dev/null; done
ok "${#files[@]} files parse"

cp "$T/flake/flake.lock" "$T/lock"
expect_exit 0 nix flake lock --no-update-lock-file "$flake"
cmp "$T/lock" "$T/flake/flake.lock"
sed -i 's/nixos-26/nixos-25/' "$T/flake/flake.nix"
expect_exit 1 nix flake lock --no-update-lock-file "$flake"
sed -i 's/nixos-25/nixos-26/' "$T/flake/flake.nix"
ok "flake.lock is what flake.nix asks for, and another branch is noticed"

expect_exit 0 nix flake show "$flake" "${stand_in[@]}" --json
for word in go-sdk-riscv64 go-sdk-linux-arm64_1_23_1 go-archives-windows-amd64 go-source go-host add-source nixfmt template wasi; do
  expect_match "\"$word" "$T/out"
done
expect_exit 0 nix flake check --no-build "$flake" "${stand_in[@]}"
sed -i 's/^  inherit gostrap;/&\n  broken = 1;/' "$T/flake/nix/checks.nix"
expect_exit 1 nix flake check --no-build "$flake" "${stand_in[@]}"
expect_match 'checks.(x86_64|aarch64)-linux.broken' "$T/err"
sed -i '/broken = 1/d' "$T/flake/nix/checks.nix"
ok "nix flake show and nix flake check --no-build; the latter notices a check that is none"

# instantiate OUTPUT SYSTEM: how many derivations it has, each of which evaluates down to its path.
instantiate() {
  # shellcheck disable=SC2016
  nix_eval "$1.$2" --apply 'set: builtins.length (map (name: builtins.stringLength set.${name}.drvPath) (builtins.attrNames set))'
}
for system in x86_64-linux aarch64-linux; do
  packages=$(instantiate packages $system)
  [ "$packages" -gt 700 ] || fail "only $packages packages for $system"
  expect_equal "shells for $system" 21 "$(instantiate devShells $system)"
  expect_equal "checks for $system" 10 "$(instantiate checks $system)"
  ok "$system: $packages packages, and the shells and checks, evaluate"
done
packages=$(instantiate packages aarch64-darwin)
[ "$packages" -gt 300 ] || fail "only $packages packages for aarch64-darwin"
expect_equal "a Mac's default" '"go-toolchain-darwin-arm64-1.27.1"' "$(nix_eval packages.aarch64-darwin.default.name)"
for system in x86_64-linux aarch64-linux aarch64-darwin; do
  expect_match '^"/nix/store/.*nixfmt.*\.drv"$' <(nix_eval formatter.$system.drvPath)
done
expect_match '^"/nix/store/.*-add-source/bin/add-source"$' <(nix_eval apps.aarch64-linux.add-source.program)
ok "aarch64-darwin: $packages packages that a builder for linux makes"

# refused EXPRESSION REGEX: `made` and `lib` are the flake's.
refused() {
  expect_exit 1 nix eval "$flake#lib" "${stand_in[@]}" --apply "lib: let goSdk = wanted: (lib.goSdk ({ system = \"x86_64-linux\"; } // wanted)).drvPath; in $1"
  expect_match "$2" "$T/err"
}
refused 'goSdk { release = "1.19"; }' 'no release "1.19". There are: 1.27.1, 1.24.9, 1.24.4, 1.23.1'
refused 'goSdk { port = "linux/riscv"; release = "1.24.4"; }' 'go1.24.4 has no port "linux/riscv". It has: aix/ppc64 .*wasip1/wasm'
refused 'goSdk { system = "aarch64-darwin"; }' 'SDKs run on aarch64-linux x86_64-linux, not on aarch64-darwin'
refused 'goSdk { profile.GOADM64 = "v3"; }' 'a profile has no GOADM64. It has: GO386 GOAMD64 .*GODEBUG'
refused 'goSdk { bake = true; profile.GOGC = 200; }' 'nothing to bake'
refused 'goSdk { profiles = { }; }' 'profiles'
ok "errors name the releases, ports and settings that there are"

same=$(nix_eval packages.x86_64-linux.go-sdk-linux-riscv64_1_24_4.drvPath)
for wanted in '{ port = "riscv64"; release = "1.24.4"; }' '{ port = "linux-riscv64"; release = "go1.24.4"; }'; do
  expect_equal "goSdk $wanted" "$same" "$(nix_eval lib.goSdk --apply "goSdk: (goSdk ({ system = \"x86_64-linux\"; } // $wanted)).drvPath")"
done
cd "$T/flake"
pkgs="import $T/nixpkgs { overlays = [ (import ./overlays) ]; }"
expect_equal "from the overlay" "$same" \
  "\"$(nix-instantiate --expr "($pkgs).gostrap.goSdk { port = \"riscv64\"; release = \"1.24.4\"; }" 2>/dev/null)\""
expect_equal "without flakes" "$same" \
  "\"$(nix-instantiate nix -A packages.go-sdk-riscv64_1_24_4 --arg pkgs "import $T/nixpkgs { }" 2>/dev/null)\""
expect_equal "with our SDK as everybody's go" "$same" "\"$(nix-instantiate --expr "
  let pkgs = import $T/nixpkgs { overlays = [ (import ./overlays) (final: _: { go = final.gostrap.goSdk { }; }) ]; };
  in pkgs.gostrap.goSdk { port = \"riscv64\"; release = \"1.24.4\"; }" 2>/dev/null)\""
ok "goSdk, the overlay and nix/default.nix give one derivation"

# Profiles: which derivations have one, and that the others are as they were.
# sdk_of WANTED ATTRIBUTE: of the SDK for riscv64
sdk_of() {
  nix_eval lib.goSdk --raw --impure --apply \
    "goSdk: (goSdk ({ system = \"x86_64-linux\"; port = \"riscv64\"; release = \"1.24.4\"; } // $1)).$2"
}
host=$(sdk_of '{ }' host.drvPath)
expect_equal "an empty profile" "$same" "\"$(sdk_of '{ profile = { }; patches = [ ]; bake = false; }' drvPath)\""
bound='{ profile = { GORISCV64 = "rva22u64"; GOGC = 200; }; }'
[ "\"$(sdk_of "$bound" drvPath)\"" != "$same" ] || fail "a profile changes nothing"
expect_equal "its name" "go-sdk-linux-riscv64-GOGC-200-GORISCV64-rva22u64-1.24.4" "$(sdk_of "$bound" name)"
expect_equal "the host of what is bound in go.env" "$host" "$(sdk_of "$bound" host.drvPath)"
expect_match '--profile.*GOGC=200.*--profile.*GORISCV64=rva22u64' <(nix-store -q --binding buildCommand "$(sdk_of "$bound" drvPath)")
baked='{ profile = { GORISCV64 = "rva22u64"; GOGC = 200; }; bake = true; }'
[ "$(sdk_of "$baked" host.drvPath)" != "$host" ] || fail "bake makes no host of its own"
expect_match '--profile.*GORISCV64=rva22u64.*--bake' <(nix-store -q --binding buildCommand "$(sdk_of "$baked" host.drvPath)")
expect_match '--profile.*GOGC=200' <(nix-store -q --binding buildCommand "$(sdk_of "$baked" drvPath)")
expect_no_match "'GORISCV64" <(nix-store -q --binding buildCommand "$(sdk_of "$baked" drvPath)")
printf 'diff --git a/src/x.go b/src/x.go\n' >"$T/x.patch"
patched="{ patches = [ $T/x.patch ]; }"
expect_match '--patch.*/nix/store/[a-z0-9]*-x.patch' <(nix-store -q --binding buildCommand "$(sdk_of "$patched" host.drvPath)")
before=$(sdk_of "$patched" host.drvPath)
printf '+x\n' >>"$T/x.patch"
[ "$(sdk_of "$patched" host.drvPath)" != "$before" ] || fail "another patch is the same host"
ok "profiles and patches reach the derivations that they change, and no others"
