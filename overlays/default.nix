# The overlay: pkgs.gostrap is the program, and has with it what it makes.
#
#   pkgs.gostrap.goSdk { port = "riscv64"; release = "1.24.4"; }
#   pkgs.gostrap.goSdk { release = pkgs.gostrap.fromGoMod ./go.mod; }
final: prev:
let
  # prev.go: who makes one of our SDKs the go of their packages still has something to start from
  made = import ../nix {
    pkgs = final;
    bootstrap = prev.go;
  };
in
{
  gostrap = made.gostrap.overrideAttrs (old: {
    passthru = (old.passthru or { }) // removeAttrs made [ "gostrap" ];
  });
}
