# Shells in which go targets a port, and go run and go test work where the port's programs can run: amd64, riscv64, wasm,
# windows-amd64, …; arm64-cgo and riscv64-cgo, whose SDKs compile C. The SDK's go.env says which port, so that nothing has to be
# exported; a GOROOT of the user's would replace the SDK.
{
  pkgs,
  gostrap,
  goSdk,
  releases,
  bootstrap,
}:
let
  inherit (pkgs) lib;

  goShell =
    wanted:
    let
      sdk = goSdk wanted;
    in
    pkgs.mkShellNoCC {
      name = "${sdk.pname}-shell";
      packages = [ sdk ] ++ sdk.runners;
      shellHook = "unset GOROOT GOTOOLCHAIN";
    };

in
{
  # of a release
  all =
    release:
    lib.listToAttrs (
      map (
        port:
        lib.nameValuePair (releases.shortName port) (goShell {
          release = release.version;
          port = port.name;
        })
      ) (releases.ports release)
      ++
        map
          (
            port:
            lib.nameValuePair "${port}-cgo" (goShell {
              release = release.version;
              inherit port;
              cgo = true;
            })
          )
          [
            "arm64"
            "riscv64"
          ]
    );

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
    shellHook = "unset GOROOT GOTOOLCHAIN";
  };
}
