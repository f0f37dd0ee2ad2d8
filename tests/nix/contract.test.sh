#!/usr/bin/env bash
# An SDK and nixpkgs' buildGoModule, which has the port from its go today, and would have it from stdenv tomorrow. A program
# is for the SDK's port, or there is none. The SDKs that are built with here are small scripts, the rest is the flake's own.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
# environment CHECK: GOOS/GOARCH/CGO_ENABLED that a check of the flake is built with
# shellcheck disable=SC2016 # Nix's own
environment() {
  nix_eval "checks.x86_64-linux.$1" --raw --apply 'drv: "${drv.env.GOOS}/${drv.env.GOARCH}/${drv.env.CGO_ENABLED}"'
}
for contract in go stdenv; do
  echo "\"$contract\"" >"$T/nixpkgs/go-contract.nix"
  for pair in cross-arm64=linux/arm64 cross-riscv64=linux/riscv64 wasm-wasm=js/wasm wasm-wasi=wasip1/wasm default-default=linux/amd64; do
    expect_equal "what template-${pair%=*} is built with" "${pair#*=}/0" "$(environment "template-${pair%=*}")"
  done
done
ok "the templates' programs are for their ports, without cgo, under both contracts"

# A derivation that takes the SDK says nothing of a hook; stdenv takes the hook with it.
sed "s|@T@|$T|g" >"$T/made.nix" <<'NIX'
let
  pkgs = import @T@/nixpkgs { system = "x86_64-linux"; };
  ownPort = { name = "linux/amd64"; goos = "linux"; goarch = "amd64"; };
  # Go as far as a build can tell: it makes programs that say what they are for.
  go = goarch: rec {
    script = pkgs.runCommand "go-sdk-${goarch}-1" { } ''
      mkdir -p $out/bin
      cat >$out/bin/go <<'GO'
      #!/usr/bin/bash
      goos=''${GOOS-linux} goarch=''${GOARCH-${goarch}} own=amd64
      case $1 in
        install)
          dir=$GOPATH/bin
          [ $goarch = $own ] || dir=$dir/''${goos}_$goarch
          mkdir -p "$dir"
          echo "$goos/$goarch cgo ''${CGO_ENABLED-unset}" >"$dir/hello" ;;
      esac
      GO
      chmod +x $out/bin/go
    '';
    sdk = script // {
      pname = "go-sdk-${goarch}";
      version = "1";
      GOOS = "linux";
      GOARCH = goarch;
      CGO_ENABLED = "0";
      runners = [ ];
      port = { name = "linux/${goarch}"; goos = "linux"; inherit goarch; };
      dev = pkgs.callPackage @T@/flake/nix/hook.nix { inherit ownPort; withStd = _: false; } sdk;
      buildGoModule = import @T@/flake/nix/build-go-module.nix {
        inherit (pkgs) lib;
        inherit pkgs;
        runners.able = _: true;
      } sdk;
    };
  };
  program = {
    pname = "hello";
    version = "1";
    src = pkgs.runCommand "hello" { } "mkdir $out";
    vendorHash = null;
  };
  riscv64 = (go "riscv64").sdk;
  amd64 = (go "amd64").sdk;
in
{
  plain = (pkgs.buildGoModule.override { go = riscv64; }) program;
  meant = (pkgs.buildGoModule.override { go = riscv64; }) (program // { gostrapAnyPort = true; });
  own = riscv64.buildGoModule program;
  function = riscv64.buildGoModule (finalAttrs: program // { pname = "hello-${finalAttrs.version}"; });
  later = (riscv64.buildGoModule program).overrideAttrs (_: { version = "2"; });
  native = amd64.buildGoModule program;
  nativePlain = (pkgs.buildGoModule.override { go = amd64; }) program;
  cgo = amd64.buildGoModule (program // { env.CGO_ENABLED = 1; });
  hooks = riscv64.buildGoModule (program // { postBuild = "cp $GOPATH/bin/hello $GOPATH/bin/again"; });
  command = pkgs.runCommand "command" { nativeBuildInputs = [ riscv64 ]; GOARCH = "amd64"; } "go version >$out";
  silent = pkgs.runCommand "silent" { nativeBuildInputs = [ amd64 ]; } "echo $CGO_ENABLED >$out; go version";
  late = pkgs.stdenv.mkDerivation {
    name = "late";
    nativeBuildInputs = [ riscv64 ];
    dontUnpack = true;
    dontConfigure = true;
    buildPhase = "export GOARCH=amd64; runHook preBuild; go install";
    installPhase = "mkdir $out";
  };
}
NIX
# made NAME: its path
made() { nix-build --no-out-link "$T/made.nix" -A "$1" 2>"$T/err" || { cat "$T/err" >&2 && return 1; }; }
# says NAME TEXT: what its program says
says() { expect_equal "the program $1" "$2" "$(cat "$(made "$1")/bin/hello")"; }

for contract in go stdenv; do
  echo "\"$contract\"" >"$T/nixpkgs/go-contract.nix"
  for name in own function later hooks; do says $name "linux/riscv64 cgo 0"; done
  says native "linux/amd64 cgo 0"
  says cgo "linux/amd64 cgo 1"
  [ -f "$(made hooks)/bin/again" ] || fail "postBuild did not run after ours"
done
ok "sdk.buildGoModule: under both contracts, programs in bin for the SDK's port, without cgo unless it is asked for"

echo '"go"' >"$T/nixpkgs/go-contract.nix"
expect_equal "the program of buildGoModule.override today" "linux/riscv64 cgo 0" "$(cat "$(made plain)/bin/linux_riscv64/hello")"
says nativePlain "linux/amd64 cgo 0"
ok "buildGoModule.override { go = SDK; } makes them today"

echo '"stdenv"' >"$T/nixpkgs/go-contract.nix"
expect_exit 100 nix-build --no-out-link "$T/made.nix" -A plain
expect_match 'GOOS=linux GOARCH=amd64 would make programs for another machine than linux/riscv64' "$T/err"
expect_match 'sdk.buildGoModule' "$T/err"
ok "tomorrow it ends, and says what to do: it would make programs of this machine"
says meant "linux/amd64 cgo 1"
for name in command late; do
  expect_exit 100 nix-build --no-out-link "$T/made.nix" -A $name
  expect_match 'another machine than linux/riscv64' "$T/err"
done
expect_equal "CGO_ENABLED of a build with the machine's own SDK" 0 "$(cat "$(made silent)")"
ok "so does every other build that sets another port, unless it says that it means to"
