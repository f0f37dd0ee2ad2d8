{
  description = "A Go program with C in it, for arm64 and riscv64";

  # where your gostrap is: nix registry add gostrap URL
  inputs.gostrap.url = "flake:gostrap";
  inputs.nixpkgs.follows = "gostrap/nixpkgs";

  outputs =
    { gostrap, nixpkgs, ... }:
    let
      inherit (nixpkgs) lib;
      release = gostrap.lib.fromGoModStrict ./go.mod;
      # make PKGS SDKS on every system, where SDKS has one for each port, with nixpkgs' C compiler for it
      each =
        make:
        lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (
          system:
          make nixpkgs.legacyPackages.${system} (
            lib.genAttrs [ "arm64" "riscv64" ] (
              port:
              gostrap.lib.goSdk {
                inherit system release port;
                cgo = true; # static = true: programs of musl that need nothing else
              }
            )
          )
        );
    in
    {
      # nix build .#riscv64: bin/hello for the port; nix build: a folder for each
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
              # C libraries of the port: with sqlite here, `#cgo pkg-config: sqlite3` and `#cgo LDFLAGS: -lsqlite3` find it
              buildInputs = [ ]; # [ sdk.pkgs.sqlite ]
              meta.mainProgram = "hello";
            };
          hellos = lib.mapAttrs (_port: hello) sdks;
        in
        hellos // { default = pkgs.linkFarm "hello" hellos; }
      );
      # nix develop .#riscv64
      devShells = each (
        pkgs: sdks:
        lib.mapAttrs (
          _port: sdk:
          pkgs.mkShellNoCC {
            packages = [ sdk ] ++ sdk.runners;
            buildInputs = [ ]; # as above
            shellHook = "unset GOROOT GOTOOLCHAIN"; # they would replace the SDK
          }
        ) sdks
      );
    };
}
