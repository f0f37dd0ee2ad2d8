{
  description = "A Go program for js/wasm and WASI";

  # where your gostrap is: nix registry add gostrap URL
  inputs.gostrap.url = "flake:gostrap";
  inputs.nixpkgs.follows = "gostrap/nixpkgs";

  outputs =
    {
      self,
      gostrap,
      nixpkgs,
    }:
    let
      inherit (nixpkgs) lib;
      release = gostrap.lib.fromGoModStrict ./go.mod;
      # make PKGS SDK for every port, on every system
      each =
        make:
        lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (
          system:
          lib.genAttrs [ "wasm" "wasi" ] (
            port: make nixpkgs.legacyPackages.${system} (gostrap.lib.goSdk { inherit system release port; })
          )
        );
    in
    {
      # nix build .#wasi: bin/wasip1_wasm/hello
      packages = each (
        pkgs: sdk:
        (pkgs.buildGoModule.override { go = sdk; }) {
          pname = "hello";
          version = "0.1.0";
          src = builtins.path {
            name = "hello";
            path = ./.;
          };
          vendorHash = null;
          nativeBuildInputs = sdk.runners; # go test runs on the port
        }
      );
      # nix develop .#wasi
      devShells = each (pkgs: sdk: pkgs.mkShellNoCC { packages = [ sdk ] ++ sdk.runners; });
    };
}
