# The overlay: pkgs.gostrap is the program, and has with it what it makes.
#
#   pkgs.gostrap.goSdk { port = "riscv64"; release = "1.24.4"; }
#   pkgs.gostrap.goSdk { release = pkgs.gostrap.fromGoMod ./go.mod; }
#   pkgsCross.riscv64.gostrap.goSdk { }     an SDK that runs here, for riscv64
#
# An overlay that makes an SDK pkgs.go stands after this one.
final: prev:
let
  inherit (final) stdenv;
  # also where what is built builds for another machine: nixpkgs' go is then a cross compiler for that
  cross =
    stdenv ? buildPlatform
    && (
      stdenv.buildPlatform != stdenv.hostPlatform
      || (stdenv.targetPlatform or stdenv.hostPlatform) != stdenv.hostPlatform
    );
  made = import ../nix {
    pkgs = final;
    # prev.go: who makes one of our SDKs the go of their packages still has something to start from
    bootstrap = if cross then final.pkgsBuildBuild.gostrap.bootstrap else prev.go;
  };
in
{
  gostrap = made.gostrap.overrideAttrs (old: {
    passthru = (old.passthru or { }) // removeAttrs made [ "gostrap" ];
  });
}
