# Shells in which go targets a port, and go run and go test work where the port's programs can run: amd64, riscv64, wasm,
# windows-amd64, …, or riscv64_1_24_4 for a release. The SDK's go.env says which port, so that nothing has to be exported; a
# GOROOT of the user's would replace the SDK. `main` are those of a few releases, `all` of every one.
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

  ofRelease =
    suffix: release:
    lib.listToAttrs (
      map (
        port:
        lib.nameValuePair "${releases.shortName port}${suffix}" (goShell {
          inherit release;
          port = port.name;
        })
      ) (releases.ports (releases.get release))
    );
  every = lib.foldl' (
    found: version: found // ofRelease "_${lib.replaceStrings [ "." ] [ "_" ] version}" version
  ) (ofRelease "" null);
in
{
  all = every releases.versions;
  main = every releases.few // {
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
  };
}
