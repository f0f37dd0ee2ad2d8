{
  description = "Go toolchains and SDKs, built from pinned source";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";

  outputs =
    { nixpkgs, ... }:
    let
      inherit (nixpkgs) lib;
      # of a nixpkgs, or { pkgs, bootstrap, origin }
      mkGostrap = given: import ./nix (if given ? stdenv then { pkgs = given; } else given);
      made = lib.genAttrs [
        "x86_64-linux"
        "aarch64-linux"
      ] (system: mkGostrap nixpkgs.legacyPackages.${system});
      each = output: lib.mapAttrs (_system: gostrap: gostrap.${output}) made;
      releases = import ./nix/releases.nix { inherit lib; };
      portable = import ./nix/portable.nix { inherit lib; };
    in
    {
      # gostrap runs on linux; what it makes for others is there for a Mac with a linux builder too.
      packages = each "mainPackages" // {
        aarch64-darwin = portable made.aarch64-linux.mainPackages // {
          default = made.aarch64-linux.packages.go-toolchain-darwin-arm64;
        };
      };
      # all ports of all releases, and their shells: `nix build .#go_1_24_4.go-sdk-windows-amd64` and
      # `nix develop .#go_1_24_4.riscv64` find them here
      legacyPackages = each "packages" // {
        aarch64-darwin = portable made.aarch64-linux.packages;
      };
      apps = each "apps";
      checks = each "checks";
      devShells = each "shells";
      formatter = lib.genAttrs [
        "x86_64-linux"
        "aarch64-linux"
        "aarch64-darwin"
      ] (system: nixpkgs.legacyPackages.${system}.callPackage ./nix/format.nix { });

      overlays.default = import ./overlays;
      lib = {
        inherit mkGostrap;
        inherit (releases) fromGoMod fromGoModStrict;
        goSdk =
          { system, ... }@wanted:
          (made.${system} or (throw "gostrap: SDKs run on ${toString (lib.attrNames made)}, not on ${system}.")).goSdk (
            removeAttrs wanted [ "system" ]
          );
      };

      templates = {
        default = {
          path = ./nix/templates/default;
          description = "A Go program, built by the SDK that its go.mod names";
        };
        cross = {
          path = ./nix/templates/cross;
          description = "A Go program for arm64 and riscv64";
        };
        cgo = {
          path = ./nix/templates/cgo;
          description = "A Go program with C in it, for arm64 and riscv64";
        };
        wasm = {
          path = ./nix/templates/wasm;
          description = "A Go program for js/wasm and WASI";
        };
      };
    };
}
