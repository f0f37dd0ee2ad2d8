{
  description = "A Go program, built by the SDK that its go.mod names";

  # where your gostrap is: nix registry add gostrap URL
  inputs.gostrap.url = "flake:gostrap";
  inputs.nixpkgs.follows = "gostrap/nixpkgs";

  outputs =
    { gostrap, nixpkgs, ... }:
    let
      release = gostrap.lib.fromGoModStrict ./go.mod;
      # make PKGS SDK, on every system
      each =
        make:
        nixpkgs.lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (
          system: make nixpkgs.legacyPackages.${system} (gostrap.lib.goSdk { inherit system release; })
        );
    in
    {
      # nix build, nix run
      packages = each (
        _pkgs: sdk: {
          default = sdk.buildGoModule {
            pname = "hello";
            version = "0.1.0";
            src = builtins.path {
              name = "hello";
              path = ./.;
            };
            vendorHash = null;
            meta.mainProgram = "hello";
          };
        }
      );
      # nix develop
      devShells = each (
        pkgs: sdk: {
          default = pkgs.mkShellNoCC {
            packages = [ sdk ];
            shellHook = "unset GOROOT GOTOOLCHAIN"; # they would replace the SDK
          };
        }
      );
    };
}
