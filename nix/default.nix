# All that gostrap makes with one nixpkgs: lib.mkGostrap pkgs, and without flakes `import ./nix { inherit pkgs; }` or
# `nix-build nix -A packages.go-sdk-riscv64`.
{
  pkgs ? import <nixpkgs> { },
  # The Go that the first make.bash starts from.
  bootstrap ? (pkgs.pkgsBuildBuild or pkgs).go,
  # Where upstream's archives come from: built from "source", or "published" ones that are downloaded. All else is the same.
  origin ? "source",
  # Whether builds and shells with an SDK take the compiled std, which is then built first.
  withStd ? true,
}:
let
  inherit (pkgs) lib;
  # Everything is made on the machine that builds, and SDKs run there. With a cross package set that is another one than
  # the one its programs are for, which is what an SDK then targets by default: pkgsCross.riscv64.gostrap.goSdk { }.
  here = pkgs.pkgsBuildBuild or pkgs;

  releases = import ./releases.nix { inherit lib; };
  portOf =
    platform:
    let
      known = {
        aarch64-linux = "linux/arm64";
        x86_64-linux = "linux/amd64";
        riscv64-linux = "linux/riscv64";
      };
    in
    if builtins.isString (platform.go.GOARCH or null) && builtins.isString (platform.go.GOOS or null) then
      "${platform.go.GOOS}/${platform.go.GOARCH}"
    else
      known.${platform.system} or (throw "gostrap: Go has no port for ${platform.system}: name one, such as port = \"riscv64\".");
  inherit (here.stdenv.hostPlatform) system;
  ownPort =
    if lib.elem system [ "x86_64-linux" "aarch64-linux" "riscv64-linux" ] then
      releases.getPort (releases.get null) (portOf here.stdenv.hostPlatform)
    else
      throw "gostrap builds on x86_64, aarch64 and riscv64 linux, and this is ${system}: give mkGostrap the pkgs of one of these.";
  defaultPort = portOf pkgs.stdenv.hostPlatform;

  # the program that makes it, and the one for the package set
  builder = here.callPackage ./gostrap.nix { };
  gostrap = pkgs.callPackage ./gostrap.nix (
    lib.optionalAttrs (pkgs.stdenv.hostPlatform.system != system) { native = builder; }
  );
  step = builtins.seq ownPort.name (here.callPackage ./step.nix { gostrap = builder; });
  profiles = import ./profile.nix { inherit lib; };
  runners = import ./runners.nix {
    inherit lib ownPort;
    pkgs = here;
  };
  hook = here.callPackage ./hook.nix {
    inherit ownPort;
    withStd = port: withStd && hasStd port;
  };
  # its programs are not linked by a C compiler; src/seed/make.cpp knows these too
  hasStd = port: port.goos != "ios" && (port.goos != "android" || port.goarch == "arm64");
  buildGoModule = import ./build-go-module.nix {
    inherit lib runners;
    pkgs = here;
  };
  cCompiler = import ./c-compiler.nix {
    inherit lib here ownPort;
    given = pkgs;
  };
  source = here.callPackage ./source.nix { gostrap = builder; };
  built = import ./host.nix {
    inherit
      lib
      step
      profiles
      releases
      source
      bootstrap
      ;
    older = hostOf profiles.none;
  };
  inherit
    (here.callPackage ./archive.nix {
      gostrap = builder;
      built = built profiles.none;
      inherit releases ownPort;
      origin =
        if lib.elem origin [ "source" "published" ] then
          origin
        else
          throw "gostrap: origin is \"source\" or \"published\".";
    })
    archive
    fromSource
    ;
  unpacked = here.callPackage ./unpacked.nix { inherit archive; };
  # What runs here, as it is handed out, and as a step takes it: that names its source in the manifest of what it makes.
  fixed = changes: release: changes == profiles.none && releases.isFixed release ownPort;
  hostOf =
    changes: release:
    if fixed changes release then
      unpacked "go-host" "Go ${release.version} for the machine that builds" release ownPort
    else
      built changes release;
  host =
    changes: release:
    if fixed changes release && release ? source then archive release ownPort else built changes release;
  toolchain = import ./toolchain.nix {
    inherit
      step
      releases
      host
      unpacked
      profiles
      ;
  };
  archives = import ./archives.nix { inherit step host profiles; };
  sdk = import ./sdk.nix {
    inherit
      lib
      step
      host
      hostOf
      profiles
      runners
      hook
      buildGoModule
      std
      ;
  };
  std = here.callPackage ./std.nix {
    inherit
      step
      sdk
      hostOf
      profiles
      hasStd
      ;
  };

  # { release, port, profile, patches, bake, cgo, static, cc } as a user types them; without a release the default one.
  asked =
    make: find: wanted:
    let
      words = [
        "release"
        "port"
        "profile"
        "patches"
        "bake"
      ]
      ++ cCompiler.words;
      unknown = lib.attrNames (removeAttrs wanted words);
      release = wanted.release or null;
      port = wanted.port or defaultPort;
      found = releases.get release;
      target = find found port;
      checked = profiles.checked found target (
        removeAttrs wanted (
          [
            "release"
            "port"
          ]
          ++ cCompiler.words
        )
        // byPlatform wanted
      );
      changes = checked // {
        c = cCompiler.asked wanted target checked.profile;
      };
    in
    if !(builtins.isAttrs wanted) then
      throw "gostrap: it takes a set, such as { port = \"riscv64\"; }, not a ${builtins.typeOf wanted}."
    else if unknown != [ ] then
      throw "gostrap: there is no ${lib.concatStringsSep ", " unknown} to choose. There is ${lib.concatStringsSep ", " words}."
    else if !(builtins.isString port) then
      throw "gostrap: a port is a string, such as \"linux/riscv64\", not a ${builtins.typeOf port}."
    else
      make changes found target;

  # An older ARM than the usual one, where the package set is for it and no port was named: programs for GOARM=7 die there.
  byPlatform =
    wanted:
    let
      goarm = toString (pkgs.stdenv.hostPlatform.go.GOARM or "");
      profile = wanted.profile or { };
    in
    lib.optionalAttrs (!(wanted ? port) && lib.elem goarm [ "5" "6" ] && builtins.isAttrs profile) {
      profile = {
        GOARM = goarm;
      }
      // profile;
    };

  # A toolchain or archives: what is bound in an SDK alone is not for them.
  hosted =
    make: changes: release: port:
    let
      ofSdk = lib.attrNames (profiles.ofSdk changes).profile;
    in
    if changes.c != null then
      throw "gostrap: only an SDK compiles C: a toolchain, and archives, have no C compiler of their own."
    else if ofSdk != [ ] then
      throw "gostrap: only an SDK can have ${lib.concatStringsSep ", " ofSdk}, in its go.env and runtime. `bake = true` has make.bash bake what it reads."
    else
      make changes release port;

  made = import ./packages.nix {
    inherit
      lib
      releases
      source
      ;
    host = hostOf profiles.none;
    built = built profiles.none;
    inherit archive fromSource;
    toolchain = toolchain profiles.none;
    sdk = sdk profiles.none;
    std = std profiles.none;
    inherit hasStd;
    archives = archives profiles.none;
  };
  program = {
    inherit gostrap;
    default = gostrap;
    # one file that runs on any linux, of musl
    gostrap-static = here.pkgsStatic.callPackage ./gostrap.nix {
      # what gostrap has no use for, and what has no static form
      curl = here.pkgsStatic.curlMinimal.override {
        gssSupport = false;
        http2Support = false;
        scpSupport = false;
      };
    };
  };
  readLock = import ./lock.nix { inherit lib releases; };
  goSdk = wanted: if builtins.isAttrs wanted && wanted ? lock then lockedSdk wanted else asked sdk releases.getPort wanted;

  # The SDK that a project's lock names: { lock = ./gostrap.lock; port = "riscv64"; }. What comes out is held against it.
  lockedSdk =
    wanted:
    let
      lock = readLock wanted.lock;
      others = lib.attrNames (
        removeAttrs wanted [
          "lock"
          "port"
          "patches"
          "cc"
        ]
      );
      port = wanted.port or lock.port;
      target = releases.getPort lock.release (if port == null then defaultPort else port);
      patches = wanted.patches or [ ];
      locked = lock.sdk target ownPort patches;
      make =
        changes: _release: port:
        (sdk changes lock.release port).overrideAttrs (
          old:
          lib.optionalAttrs (locked.nar != null) {
            lockedNar = locked.nar;
            buildCommand = old.buildCommand + ''
              if ! grep -qxF "  \"nar\": \"$lockedNar\"," $out/share/gostrap/manifest.json; then
                echo "gostrap: this SDK is not the one of gostrap.lock, whose share/go has the NAR hash $lockedNar:" >&2
                grep -x '  "nar": .*' $out/share/gostrap/manifest.json >&2
                exit 1
              fi
            '';
          }
        );
    in
    if others != [ ] then
      throw "gostrap: the lock says what ${lib.concatStringsSep ", " others} is: give lock, port, patches and cc, or no lock."
    else
      asked make releases.getPort {
        release = lock.release.version;
        port = target.name;
        inherit (locked) profile bake;
        inherit patches;
      }
      // locked.c
      // lib.optionalAttrs (wanted ? cc) { inherit (wanted) cc; };
  madeShells = import ./shells.nix {
    pkgs = here;
    gostrap = builder;
    inherit goSdk releases bootstrap;
  };
  everything = release: madeShells.all release // made.all release;
in
{
  inherit
    gostrap
    releases
    bootstrap
    goSdk
    ;
  inherit (releases) fromGoMod fromGoModStrict;

  goSource = release: source (releases.get release);
  goHost = release: hostOf profiles.none (releases.get release);
  goToolchain = asked (hosted toolchain) releases.getHosted;
  goArchives = asked (hosted archives) releases.getHosted;

  # What most want of the default release; all that there is of it, and in go_1_24_4 and its like of another one.
  mainPackages = made.main (releases.get null) // program;
  packages = everything (releases.get null) // releases.named everything // program;
  shells = madeShells.all (releases.get null) // {
    inherit (madeShells) default;
  };
  apps = import ./apps.nix {
    pkgs = here;
    gostrap = builder;
  };
  checks = import ./checks.nix {
    pkgs = here;
    gostrap = builder;
    inherit
      goSdk
      releases
      ownPort
      fromSource
      ;
    inherit (releases) fromGoModStrict;
  };
}
