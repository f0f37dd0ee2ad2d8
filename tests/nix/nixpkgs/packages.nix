# What gostrap takes from nixpkgs, under nixpkgs' names.
{
  lib,
  hostPackage,
  makeStdenv,
  system,
  again,
}:
let
  words = text: lib.filter (word: word != "") (lib.splitString " " (lib.replaceStrings [ "\n" ] [ " " ] text));
  base = {
    debian = words "coreutils bash sed grep mawk findutils diffutils tar gzip xz-utils libc6";
    bin = words ''
      bash sh cat cp mv rm ln ls mkdir rmdir mktemp chmod touch install head tail sort uniq wc cut tr tee env printf echo
      date dirname basename readlink realpath stat sha256sum od seq test true false expr id uname nproc sed grep awk find
      xargs diff cmp tar gzip xz
    '';
  };
in
final: {
  inherit lib system;
  extend = again;

  stdenv = makeStdenv final.compilers "stdenv-debian";
  stdenvNoCC = makeStdenv final.coreutils "stdenv-debian-no-cc";

  callPackage =
    fn: args:
    let
      f = if lib.isFunction fn then fn else import fn;
    in
    f (builtins.intersectAttrs (builtins.functionArgs f) final // args);
  runCommand =
    name: env: buildCommand:
    final.stdenvNoCC.mkDerivation (env // { inherit name buildCommand; });
  writeShellScriptBin =
    name: text:
    final.runCommand name { inherit text; } ''
      mkdir -p $out/bin
      printf '#!/usr/bin/bash\n%s' "$text" > $out/bin/${name}
      chmod +x $out/bin/${name}
    '';

  mkShell = final.mkShellOf final.stdenv;
  mkShellNoCC = final.mkShellOf final.stdenvNoCC;
  mkShellOf =
    stdenv:
    {
      packages ? [ ],
      inputsFrom ? [ ],
      nativeBuildInputs ? [ ],
      buildInputs ? [ ],
      ...
    }@args:
    stdenv.mkDerivation (
      { name = "nix-shell"; }
      // removeAttrs args [ "packages" "inputsFrom" ]
      // {
        nativeBuildInputs = packages ++ nativeBuildInputs ++ lib.concatMap (d: d.nativeBuildInputs) inputsFrom;
        buildInputs = buildInputs ++ lib.concatMap (d: d.buildInputs) inputsFrom;
        buildCommand = "export > $out";
      }
    );

  # The part of the contract that counts here: the environment from go's passthru, programs from $GOPATH/bin, tests run.
  buildGoModule = final.buildGoModuleOf final.go // {
    override = { go }: final.buildGoModuleOf go;
  };
  buildGoModuleOf = go: {
    __functor =
      _: args:
      assert args.vendorHash == null;
      final.stdenv.mkDerivation (
        args
        // {
          nativeBuildInputs = [ go ] ++ args.nativeBuildInputs or [ ];
          inherit (go) GOOS GOARCH CGO_ENABLED;
          GOFLAGS = "-mod=vendor -trimpath";
          GOTOOLCHAIN = "local";
          configurePhase = "export GOCACHE=$NIX_BUILD_TOP/cache GOPATH=$NIX_BUILD_TOP/go GOPROXY=off GOSUMDB=off";
          buildPhase = "go install ./...";
          doCheck = true;
          checkPhase = "go test -vet=off ./...";
          installPhase = "mkdir $out; cp -r $GOPATH/bin $out/";
          disallowedReferences = [ go ];
          passthru = { inherit go; };
        }
      );
  };

  coreutils = hostPackage {
    pname = "coreutils";
    debian = base.debian;
    bin = base.bin;
  };
  compilers = hostPackage {
    pname = "gcc";
    debian = words "gcc-12 g++-12 binutils libc6-dev libstdc++-12-dev" ++ base.debian;
    bin = words "gcc g++ ar as ld nm ranlib strip objcopy objdump readelf" ++ base.bin;
  };

  bashInteractive = hostPackage {
    pname = "bash";
    bin = [ "bash" ];
  };
  cacert = hostPackage {
    pname = "cacert";
    debian = [ "ca-certificates" ];
    links."etc/ssl/certs/ca-bundle.crt" = "/etc/ssl/certs/ca-certificates.crt";
  };
  clang-tools = hostPackage {
    pname = "clang-tools";
    debian = [ "clang-format" "clang-tidy" ];
    bin = [ "clang-format" "clang-tidy" ];
  };
  cmake = hostPackage {
    pname = "cmake";
    debian = [ "cmake" "cmake-data" ];
    bin = [ "cmake" "ctest" ];
    hook = "useCmake=1";
  };
  cxxopts = hostPackage {
    pname = "cxxopts";
    debian = [ "libcxxopts-dev" ];
    pc = [ "cxxopts" ];
  };
  doctest = hostPackage {
    pname = "doctest";
    debian = [ "doctest-dev" ];
  };
  elfutils = hostPackage {
    pname = "elfutils";
    debian = [ "libelf-dev" "libelf1" ];
    pc = [ "libelf" ];
  };
  git = hostPackage {
    pname = "git";
    bin = [ "git" ];
  };
  go = hostPackage {
    pname = "go";
    debian = [ "golang-1.23-go" ];
    links = {
      "bin/go" = "/usr/lib/go-1.23/bin/go";
      "share/go" = "/usr/lib/go-1.23";
    };
  };
  libarchive = hostPackage {
    pname = "libarchive";
    debian = [ "libarchive-dev" "libarchive13" ];
    pc = [ "libarchive" ];
  };
  libgit2 = hostPackage {
    pname = "libgit2";
    debian = [ "libgit2-dev" "libpcre2-dev" ];
    pc = [ "libgit2" "libpcre2-8" ]; # nixpkgs' pkg-config does not ask for what a library needs privately
  };
  libmicrohttpd = hostPackage {
    pname = "libmicrohttpd";
    debian = [ "libmicrohttpd-dev" "libmicrohttpd12" "libgnutls28-dev" ];
    pc = [ "libmicrohttpd" "gnutls" "hogweed" "libidn2" "libtasn1" "nettle" "p11-kit-1" ]; # privately, as above
  };
  ninja = hostPackage {
    pname = "ninja";
    debian = [ "ninja-build" ];
    bin = [ "ninja" ];
    hook = "useNinja=1";
  };
  nixfmt = hostPackage {
    pname = "nixfmt"; # evaluates, and cannot be built: Debian has none
    debian = [ "coreutils" ];
    bin = [ "nixfmt" ];
  };
  nlohmann_json = hostPackage {
    pname = "nlohmann_json";
    debian = [ "nlohmann-json3-dev" ];
    pc = [ "nlohmann_json" ];
  };
  nodejs = hostPackage {
    pname = "nodejs";
    bin = [ "node" ];
  };
  openssl = hostPackage {
    pname = "openssl";
    debian = [ "libssl-dev" "libssl3" ];
    pc = [ "openssl" "libssl" "libcrypto" ];
  };
  pkg-config = hostPackage {
    pname = "pkg-config";
    debian = [ "pkg-config" "pkgconf" ];
    bin = [ "pkg-config" ];
  };
  qemu-user = hostPackage {
    pname = "qemu-user";
    bin = [ "qemu-aarch64" "qemu-riscv64" "qemu-s390x" ];
  };
  shellcheck = hostPackage {
    pname = "shellcheck";
    bin = [ "shellcheck" ];
  };
  zlib = hostPackage {
    pname = "zlib";
    debian = [ "zlib1g-dev" ];
    pc = [ "zlib" ];
  };
  zstd = hostPackage {
    pname = "zstd";
    debian = [ "libzstd-dev" ];
    pc = [ "libzstd" ];
  };
}
