{
  description = "A Go program for arm64 and riscv64";

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
          lib.genAttrs [ "arm64" "riscv64" ] (
            port: make nixpkgs.legacyPackages.${system} (gostrap.lib.goSdk { inherit system release port; })
          )
        );
    in
    {
      # nix build .#riscv64: bin/linux_riscv64/hello
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
      # nix develop .#riscv64
      devShells = each (pkgs: sdk: pkgs.mkShellNoCC { packages = [ sdk ] ++ sdk.runners; });
    };
}
