{
  description = "A Go program for js/wasm and WASI";

  # where your gostrap is: nix registry add gostrap URL
  inputs.gostrap.url = "flake:gostrap";
  inputs.nixpkgs.follows = "gostrap/nixpkgs";

  outputs =
    { gostrap, nixpkgs, ... }:
    let
      inherit (nixpkgs) lib;
      release = gostrap.lib.fromGoModStrict ./go.mod;
      # make PKGS SDKS on every system, where SDKS has one for each port
      each =
        make:
        lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (
          system:
          make nixpkgs.legacyPackages.${system} (
            lib.genAttrs [ "wasm" "wasi" ] (port: gostrap.lib.goSdk { inherit system release port; })
          )
        );
    in
    {
      # nix build .#wasi: bin/hello for the port; nix build: a folder for each
      packages = each (
        pkgs: sdks:
        let
          hello =
            sdk: # go test runs on the port
            sdk.buildGoModule {
              pname = "hello";
              version = "0.1.0";
              src = builtins.path {
                name = "hello";
                path = ./.;
              };
              vendorHash = null;
              meta.mainProgram = "hello";
            };
          hellos = lib.mapAttrs (_port: hello) sdks;
        in
        hellos // { default = pkgs.linkFarm "hello" hellos; }
      );
      # nix develop .#wasi
      devShells = each (
        pkgs: sdks:
        lib.mapAttrs (
          _port: sdk:
          pkgs.mkShellNoCC {
            packages = [ sdk ] ++ sdk.runners;
            shellHook = "unset GOROOT GOTOOLCHAIN"; # they would replace the SDK
          }
        ) sdks
      );
    };
}
