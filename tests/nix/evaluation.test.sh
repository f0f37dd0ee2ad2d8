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
for word in go-sdk-riscv64 go-sdk-linux-arm64 go-archive-linux-arm64 go-archives-linux-riscv64 go-source go-host add-source nixfmt template wasi; do
  expect_match "\"$word" "$T/out"
done
expect_no_match 'go-archives-windows-amd64' "$T/out"
expect_exit 0 nix flake check --no-build "$flake" "${stand_in[@]}"
sed -i 's/^  inherit gostrap;/&\n  broken = 1;/' "$T/flake/nix/checks.nix"
expect_exit 1 nix flake check --no-build "$flake" "${stand_in[@]}"
expect_match 'checks.(x86_64|aarch64)-linux.broken' "$T/err"
sed -i '/broken = 1/d' "$T/flake/nix/checks.nix"
ok "nix flake show and nix flake check --no-build; the latter notices a check that is none"

# instantiate ATTRIBUTE: how many derivations a set has, each of which evaluates down to its path. (builtins.length of a list of
# them would evaluate none.) Sets in it are others' business.
instantiate() {
  # shellcheck disable=SC2016
  nix_eval "$1" --apply 'set: builtins.foldl'\'' (n: name: builtins.seq set.${name}.drvPath (n + 1)) 0
    (builtins.filter (name: set.${name} ? drvPath) (builtins.attrNames set))'
}
for system in x86_64-linux aarch64-linux; do
  packages=$(instantiate packages.$system) shells=$(instantiate devShells.$system) checks=$(instantiate checks.$system)
  if [ "$packages" -lt 20 ] || [ "$packages" -gt 60 ]; then fail "$packages packages for $system"; fi
  if [ "$shells" -lt 48 ] || [ "$checks" -lt 13 ]; then fail "only $shells shells or $checks checks"; fi
  # a release that has no other in common, the oldest, one whose source nobody has hashed, and a line
  for release in go_1_24_4 go_1_21rc2 go_1_26_9 go_1_25; do
    all=$(instantiate legacyPackages.$system.$release)
    [ "$all" -gt 190 ] || fail "only $all derivations of $release for $system"
  done
  ok "$system: $packages packages, $all of a release, $shells shells and $checks checks evaluate"
done
releases=$(nix_eval legacyPackages.x86_64-linux --apply 'set:
  builtins.length (builtins.filter (name: builtins.substring 0 3 name == "go_") (builtins.attrNames set))')
[ "$releases" -gt 105 ] || fail "only $releases releases and lines"
expect_equal "the newest of a line" "$(nix_eval legacyPackages.x86_64-linux.go_1_24_13.go-sdk-wasm.drvPath)" \
  "$(nix_eval legacyPackages.x86_64-linux.go_1_24.go-sdk-wasm.drvPath)"
packages=$(instantiate packages.aarch64-darwin) every=$(instantiate legacyPackages.aarch64-darwin.go_1_24_4)
if [ "$packages" -lt 10 ] || [ "$every" -lt 100 ]; then fail "only $packages packages of $every for aarch64-darwin"; fi
expect_match '^"/nix/store/.*-go-toolchain-darwin-arm64-1.27.1.drv"$' <(nix_eval packages.aarch64-darwin.default.drvPath)
sed -i 's/pkgs.mkShellNoCC/pkgs.noSuchShell/' "$T/flake/nix/shells.nix"
if instantiate devShells.aarch64-linux >/dev/null 2>&1; then fail "a shell that cannot be is counted"; fi
sed -i 's/pkgs.noSuchShell/pkgs.mkShellNoCC/' "$T/flake/nix/shells.nix"
ok "aarch64-darwin: $packages packages of $every, which a builder for linux makes; what does not evaluate is noticed"

# nix build .#NAME: what is not among packages is found as well.
for name in go-sdk-riscv64 go_1_24_4.go-sdk-riscv64 go_1_24_4.go-sdk-windows-amd64 go-archives-darwin-arm64; do
  expect_match '\.drv"$' <(nix_eval "$name.drvPath")
done
ok "nix build .#go_1_24_4.go-sdk-windows-amd64 finds its attribute"

expect_match '^"gostrap-unit-tests-' <(nix_eval packages.x86_64-linux.gostrap.tests.unit.name)
expect_match '\.drv"$' <(nix_eval packages.x86_64-linux.gostrap.tests.unit.drvPath)
ok "the program has its unit tests with it"

expect_match 'PKG_CONFIG_ARGN:STRING=--static' <(nix_eval packages.aarch64-linux.gostrap-static.cmakeFlags)
expect_no_match static <(nix_eval packages.aarch64-linux.gostrap.cmakeFlags)
expect_match '\.drv"$' <(nix_eval packages.aarch64-linux.gostrap-static.drvPath)
ok "gostrap-static is the same program, linked statically"

# A shell for every port of a release, the machine's own among them.
for shell in amd64 arm64 riscv64 s390x 386 wasm wasi windows-amd64 darwin-arm64; do
  expect_match "^\"go-sdk-.*-shell\"\$" <(nix_eval "devShells.x86_64-linux.\"$shell\".name")
done
for shell in go_1_24_4.amd64 go_1_23_1.s390x; do
  expect_match "^\"go-sdk-.*-shell\"\$" <(nix_eval "legacyPackages.x86_64-linux.$shell.name")
done
ok "devShells: every port, and of each release"

for system in x86_64-linux aarch64-linux aarch64-darwin; do
  expect_match '^"/nix/store/.*nixfmt.*\.drv"$' <(nix_eval formatter.$system.drvPath)
done
expect_match '^"/nix/store/.*-add-source/bin/add-source"$' <(nix_eval apps.aarch64-linux.add-source.program)

# refused EXPRESSION REGEX: `made` and `lib` are the flake's.
refused() {
  expect_exit 1 nix eval "$flake#lib" "${stand_in[@]}" --apply "lib: let goSdk = wanted: (lib.goSdk ({ system = \"x86_64-linux\"; } // wanted)).drvPath; in $1"
  expect_match "$2" "$T/err"
}
refused 'goSdk { release = "1.19"; }' 'no release "1.19". There are: 1.27.2, 1.26.9, 1.25.14, 1.24.13, 1.23.12, 1.22.12, 1.21.13, and older patches of each line'
refused 'goSdk { port = "linux/riscv"; release = "1.24.4"; }' 'go1.24.4 has no port "linux/riscv". It has: aix/ppc64 .*wasip1/wasm'
refused 'goSdk { system = "aarch64-darwin"; }' 'SDKs run on aarch64-linux x86_64-linux, not on aarch64-darwin'
refused 'goSdk { profile.GOADM64 = "v3"; }' 'a profile has no GOADM64. It has: GO386 GOAMD64 .*GODEBUG'
refused 'goSdk { bake = true; profile.GOGC = 200; }' 'nothing to bake'
refused 'goSdk { profiles = { }; }' 'profiles'
refused '((lib.goSdk { system = "x86_64-linux"; }).overrideAttrs (_: { patches = [ ./x.patch ]; })).drvPath' \
  'patches of overrideAttrs has no effect on go-sdk-linux-amd64.*goSdk \{ patches'
refused '((lib.goSdk { system = "x86_64-linux"; }).overrideAttrs (_: { postInstall = "x"; })).drvPath' 'postInstall of overrideAttrs'
ok "errors name the releases, ports and settings that there are; what would have no effect is refused"

same=$(nix_eval legacyPackages.x86_64-linux.go_1_24_4.go-sdk-linux-riscv64.drvPath)
for wanted in '{ port = "riscv64"; release = "1.24.4"; }' '{ port = "linux-riscv64"; release = "go1.24.4"; }'; do
  expect_equal "goSdk $wanted" "$same" "$(nix_eval lib.goSdk --apply "goSdk: (goSdk ({ system = \"x86_64-linux\"; } // $wanted)).drvPath")"
done
cd "$T/flake"
pkgs="import $T/nixpkgs { overlays = [ (import ./overlays) ]; }"
expect_equal "from the overlay" "$same" \
  "\"$(nix-instantiate --expr "($pkgs).gostrap.goSdk { port = \"riscv64\"; release = \"1.24.4\"; }" 2>/dev/null)\""
expect_equal "without flakes" "$same" \
  "\"$(nix-instantiate nix -A packages.go_1_24_4.go-sdk-riscv64 --arg pkgs "import $T/nixpkgs { }" 2>/dev/null)\""
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
