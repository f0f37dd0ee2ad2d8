#!/usr/bin/env bash
# The whole flake, evaluated with real nixpkgs code: real-nixpkgs.sh CHECKOUT [LIB]
#
# CHECKOUT is a directory that has nixpkgs, or a set that is made like it (ekala-project/corepkgs, with its lib, a checkout of
# ekala-project/nix-lib, in LIB). Nothing is fetched and nothing is built. Every attribute of every system is evaluated down
# to its derivation. Programs that such a set lacks are filled in with empty ones; their names are printed.
set -euo pipefail

if [ ! -d "${1-}" ]; then
  sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
checkout=$(cd "$1" && pwd)
lib=${2:+$(cd "$2" && pwd)}
work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
failed=0

# corepkgs takes its lib from the network, but where another one is named
if [ -n "$lib" ]; then
  cp -r "$checkout" "$work/checkout"
  chmod -R u+w "$work/checkout"
  printf '{ lib = %s; }\n' "$lib" >"$work/checkout/pins.nix"
  checkout=$work/checkout
fi

mkdir "$work/nixpkgs" "$work/flake"
(cd "$top" && cp -r flake.nix flake.lock nix overlays src tests CMakeLists.txt LICENSE "$work/flake/")
cat >"$work/nixpkgs/flake.nix" <<NIX
{
  outputs =
    { self }:
    let
      # what the set lacks, by names that nixpkgs has
      fill =
        final: prev:
        let
          empty = name: final.runCommand "\${name}-filled-in" { meta.mainProgram = name; } "mkdir \$out";
          shell =
            stdenv:
            { packages ? [ ], inputsFrom ? [ ], ... }@args:
            stdenv.mkDerivation (
              { name = "nix-shell"; }
              // removeAttrs args [ "packages" "inputsFrom" ]
              // {
                nativeBuildInputs = packages ++ builtins.concatMap (each: each.nativeBuildInputs) inputsFrom;
                buildCommand = "export >\$out";
              }
            );
          all = {
            mkShell = shell final.stdenv;
            mkShellNoCC = shell final.stdenvNoCC;
          }
          // builtins.listToAttrs (
            map (name: { inherit name; value = empty name; }) [
              "clang-tools" "cxxopts" "doctest" "nixfmt" "qemu-user" "shellcheck"
            ]
          );
        in
        builtins.removeAttrs all (builtins.filter (name: prev ? \${name}) (builtins.attrNames all));
      set = system: import $checkout { inherit system; config = { }; overlays = [ fill ]; };
      bare = import $checkout { system = "x86_64-linux"; config = { }; overlays = [ ]; };
      systems = [ "x86_64-linux" "aarch64-linux" "aarch64-darwin" ];
    in
    {
      inherit (bare) lib;
      filledIn = builtins.filter (name: !(bare ? \${name})) (builtins.attrNames (fill bare bare));
      legacyPackages = builtins.listToAttrs (map (name: { inherit name; value = set name; }) systems);
    };
}
NIX
with=(--impure --override-input nixpkgs "path:$work/nixpkgs" --no-write-lock-file)

# evaluated ATTRIBUTE OPTION…: what it is, as raw text; what Nix says besides is shown where it fails
evaluated() {
  nix eval --raw "path:$work/flake#$1" "${with[@]}" "${@:2}" 2>"$work/err" || {
    printf 'FAIL: %s\n' "$1"
    grep -v '^warning' "$work/err" | tail -n 30
    return 1
  }
}
# expect WHAT EXPECTED ACTUAL
expect() {
  [ "$2" = "$3" ] && printf 'ok: %s: %s\n' "$1" "$3" && return
  printf 'FAIL: %s: expected %s, got %s\n' "$1" "$2" "$3" && failed=1
}

printf 'filled in: %s\n' "$(nix eval --raw --impure "path:$work/nixpkgs#filledIn" --apply 'builtins.concatStringsSep " "' 2>/dev/null)"
# each derivation is forced: builtins.length of a list evaluates nothing in it
# shellcheck disable=SC2016 # Nix's own
count='set: toString (builtins.foldl'\'' (n: name: builtins.seq set.${name}.drvPath (n + 1)) 0 (builtins.attrNames set))'
for system in x86_64-linux aarch64-linux aarch64-darwin; do
  for output in packages legacyPackages devShells checks; do
    [[ $system = *linux || $output = *ackages ]] || continue
    if number=$(evaluated "$output.$system" --apply "$count"); then
      printf 'ok: %s.%s: %s derivations\n' "$output" "$system" "$number"
    else
      printf '%s\n' "$number" && failed=1
    fi
  done
  evaluated "formatter.$system.drvPath" >/dev/null || failed=1
done
for system in x86_64-linux aarch64-linux; do
  for app in default add-source; do evaluated "apps.$system.$app.program" >/dev/null || failed=1; done
done

# What a build gets from the set's own buildGoModule.
variable() { # CHECK NAME
  evaluated "checks.x86_64-linux.$1" --apply "drv: toString (drv.$2 or drv.drvAttrs.$2 or drv.env.$2)"
}
for pair in cross-arm64=linux/arm64/0 cross-riscv64=linux/riscv64/0 wasm-wasm=js/wasm/0 wasm-wasi=wasip1/wasm/0 default-default=linux/amd64/0; do
  check=template-${pair%%=*}
  expect "GOOS, GOARCH and CGO_ENABLED of $check" "${pair#*=}" \
    "$(variable "$check" GOOS)/$(variable "$check" GOARCH)/$(variable "$check" CGO_ENABLED)"
done
hook=$(evaluated legacyPackages.x86_64-linux.go_1_24_4.go-sdk-riscv64.dev.outPath)
expect "inputs that are the SDK's hook" 1 "$(variable template-cross-riscv64 nativeBuildInputs | grep -o -- "$hook" | wc -l)"

# A cross package set makes its SDKs with this machine's program, for its own machine.
cross() { # EXPRESSION: of the overlaid cross set, as `pkgs`
  nix eval --raw --impure --expr "
    let
      native = (builtins.getFlake \"path:$work/nixpkgs\").legacyPackages.x86_64-linux;
      pkgs = (native.extend (import $work/flake/overlays)).pkgsCross.riscv64;
    in $1" 2>"$work/err" || { grep -v '^warning' "$work/err" | tail -n 30 >&2 && return 1; }
}
expect "pkgsCross.riscv64.gostrap.goSdk { }" "$(evaluated legacyPackages.x86_64-linux.go-sdk-riscv64.drvPath)" \
  "$(cross '(pkgs.gostrap.goSdk { }).drvPath')"

# SDKs that compile C are told of the compiler of the set for their port, and their hook has that and a pkg-config with it.
c() { # EXPRESSION: of the native set with the overlay, as `pkgs`
  nix eval --raw --impure --expr "
    let
      pkgs = (builtins.getFlake \"path:$work/nixpkgs\").legacyPackages.x86_64-linux.extend (import $work/flake/overlays);
      sdk = wanted: pkgs.gostrap.goSdk ({ release = \"1.24.4\"; } // wanted);
      told = sdk: builtins.unsafeDiscardStringContext (builtins.head (builtins.match \".*--cc'? '?([^' ]+).*\" sdk.buildCommand));
    in $1" 2>"$work/err" || { grep -v '^warning' "$work/err" | tail -n 30 >&2 && return 1; }
}
for each in 'port = "arm64"; cgo = true;=pkgsCross.aarch64-multiplatform' 'port = "riscv64"; cgo = true;=pkgsCross.riscv64' \
  'port = "riscv64"; static = true;=pkgsCross.riscv64.pkgsStatic' 'port = "s390x"; cgo = true;=pkgsCross.s390x' \
  'cgo = true;=' 'static = true;=pkgsStatic' 'port = "windows/amd64"; cgo = true;=pkgsCross.mingwW64'; do
  wanted="sdk { ${each%=*} }" set=pkgs${each##*=}
  set=${set/#pkgsp/pkgs.p}
  if ! compiler=$(c "let inherit ($set.stdenv) cc; in \"\${cc}/bin/\${cc.targetPrefix}cc\"" 2>/dev/null); then
    printf 'not there: %s.stdenv.cc\n' "$set"
    continue
  fi
  expect "the C compiler of $wanted" "$compiler" "$(c "told ($wanted)")"
  expect "pkg-config of $wanted" "$(c "\"\${$set.buildPackages.pkg-config}\"")" "$(c "\"\${($wanted).c.pkgConfig}\"")"
  printf 'ok: %s\n' "$(c "($wanted).drvPath + \" and \" + ($wanted).dev.drvPath")"
done
exit "$failed"
