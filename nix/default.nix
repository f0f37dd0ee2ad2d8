# All that gostrap makes with one nixpkgs: lib.mkGostrap pkgs, and without flakes `import ./nix { inherit pkgs; }` or
# `nix-build nix -A packages.go-sdk-riscv64`.
{
  pkgs ? import <nixpkgs> { },
  # The Go that the first make.bash starts from.
  bootstrap ? pkgs.go,
}:
let
  inherit (pkgs) lib;

  releases = import ./releases.nix { inherit lib; };
  ownPort = releases.getPort (releases.get null) (
    {
      aarch64-linux = "linux/arm64";
      x86_64-linux = "linux/amd64";
      riscv64-linux = "linux/riscv64";
    }
    .${pkgs.stdenv.hostPlatform.system}
      or (throw "gostrap builds on linux, and this is ${pkgs.stdenv.hostPlatform.system}: give mkGostrap the pkgs of x86_64-linux or aarch64-linux.")
  );

  gostrap = pkgs.callPackage ./gostrap.nix { };
  step = pkgs.callPackage ./step.nix { inherit gostrap; };
  runners = import ./runners.nix { inherit lib pkgs ownPort; };
  source = pkgs.callPackage ./source.nix { inherit gostrap; };
  host = import ./host.nix {
    inherit
      lib
      step
      releases
      source
      bootstrap
      ;
  };
  toolchain = import ./toolchain.nix { inherit step host; };
  archives = import ./archives.nix { inherit step host toolchain; };
  sdk = import ./sdk.nix {
    inherit
      lib
      step
      host
      runners
      ownPort
      ;
  };

  # { release, port } as a user types them; without a release the default one.
  asked =
    make: find:
    {
      release ? null,
      port ? ownPort.name,
      profile ? { },
    }:
    let
      found = releases.get release;
    in
    if profile != { } then
      throw "gostrap: this version knows no profiles."
    else
      make found (find found port);
in
rec {
  inherit gostrap releases;
  inherit (releases) fromGoMod fromGoModStrict;

  goSource = release: source (releases.get release);
  goHost = release: host (releases.get release);
  goToolchain = asked toolchain releases.getHosted;
  goSdk = asked sdk releases.getPort;
  goArchives = asked archives releases.getHosted;

  packages = import ./packages.nix {
    inherit
      lib
      gostrap
      releases
      source
      host
      toolchain
      sdk
      archives
      ;
  };
  portablePackages = import ./portable.nix { inherit lib packages; };
  shells = import ./shells.nix {
    inherit
      pkgs
      gostrap
      goSdk
      releases
      bootstrap
      ;
  };
  apps = import ./apps.nix { inherit pkgs gostrap; };
  checks = import ./checks.nix { inherit pkgs gostrap goSdk fromGoModStrict; };
}
