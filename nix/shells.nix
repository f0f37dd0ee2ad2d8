# Shells in which go targets a port, and go run and go test work. The SDK's go.env says which port, so that nothing has to
# be exported; a GOROOT of the user's would replace the SDK.
{
  pkgs,
  gostrap,
  goSdk,
  bootstrap,
}:
let
  inherit (pkgs) lib;

  forPort =
    port:
    let
      sdk = goSdk { inherit port; };
    in
    forSdk sdk;

  forSdk =
    sdk:
    pkgs.mkShellNoCC {
      name = "${sdk.pname}-shell";
      packages = [ sdk ] ++ sdk.runners;
      shellHook = "unset GOROOT GOTOOLCHAIN";
    };
in
lib.genAttrs [
  "arm64"
  "riscv64"
  "wasm"
  "wasi"
] forPort
// {
  # To work on gostrap itself.
  default = pkgs.mkShell {
    name = "gostrap-shell";
    inputsFrom = [ gostrap ];
    packages = [
      bootstrap
      pkgs.clang-tools
      pkgs.doctest
      pkgs.git
      pkgs.nodejs
      pkgs.qemu-user
      pkgs.shellcheck
    ];
  };
}
