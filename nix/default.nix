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
  profiles = import ./profile.nix { inherit lib; };
  runners = import ./runners.nix { inherit lib pkgs ownPort; };
  source = pkgs.callPackage ./source.nix { inherit gostrap; };
  host = import ./host.nix {
    inherit
      lib
      step
      profiles
      releases
      source
      bootstrap
      ;
  };
  toolchain = import ./toolchain.nix { inherit step host profiles; };
  archives = import ./archives.nix {
    inherit
      step
      host
      toolchain
      profiles
      ;
  };
  sdk = import ./sdk.nix {
    inherit
      lib
      step
      host
      profiles
      runners
      ownPort
      ;
  };

  # { release, port, profile, patches, bake } as a user types them; without a release the default one.
  asked =
    make: find:
    {
      release ? null,
      port ? ownPort.name,
      ...
    }@wanted:
    let
      found = releases.get release;
      changes = profiles.checked (
        removeAttrs wanted [
          "release"
          "port"
        ]
      );
    in
    make changes found (find found port);

  # A toolchain or archives: what is bound in an SDK alone is not for them.
  hosted =
    make: changes: release: port:
    let
      ofSdk = lib.attrNames (profiles.ofSdk changes).profile;
    in
    if ofSdk != [ ] then
      throw "gostrap: only an SDK can have ${lib.concatStringsSep ", " ofSdk}, in its go.env and runtime. `bake = true` has make.bash bake what it reads."
    else
      make changes release port;
in
rec {
  inherit gostrap releases;
  inherit (releases) fromGoMod fromGoModStrict;

  goSource = release: source (releases.get release);
  goHost = release: host profiles.none (releases.get release);
  goToolchain = asked (hosted toolchain) releases.getHosted;
  goSdk = asked sdk releases.getPort;
  goArchives = asked (hosted archives) releases.getHosted;

  packages = import ./packages.nix {
    inherit
      lib
      gostrap
      releases
      source
      ;
    host = host profiles.none;
    toolchain = toolchain profiles.none;
    sdk = sdk profiles.none;
    archives = archives profiles.none;
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
