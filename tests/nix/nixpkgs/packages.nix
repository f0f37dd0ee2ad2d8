# What gostrap takes from nixpkgs, under nixpkgs' names.
{
  lib,
  raw,
  host,
  hostPackage,
  makeStdenv,
  system,
  crossSystem,
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
  # Debian 12 has 1.23 in its backports.
  goName = lib.head (lib.filter (name: host ? "golang-${name}-go") (words "1.23 1.24 1.25 1.26"));
  gcc = lib.head (lib.filter (number: host ? "g++-${number}") (words "12 13 14 15 16"));

  # stdenv.cc: Debian's compiler for the set's machine, behind scripts of the names that nixpkgs' cc-wrapper has, with its
  # hook. The static one is of glibc, too. Where it is not installed it is evaluated, and not built.
  cc =
    kind:
    let
      targets = {
        x86_64-linux = "x86_64-unknown-linux-gnu x86_64-linux-gnu";
        x86_64-windows = "x86_64-w64-mingw32 x86_64-w64-mingw32";
        aarch64-linux = "aarch64-unknown-linux-gnu aarch64-linux-gnu";
        riscv64-linux = "riscv64-unknown-linux-gnu riscv64-linux-gnu";
        aarch64-darwin = "arm64-apple-darwin none";
      };
      target = words targets.${if crossSystem == null then system else crossSystem};
      config = if kind == "static" then lib.replaceStrings [ "gnu" ] [ "musl" ] (lib.head target) else lib.head target;
      debian = lib.last target;
      packages = map (name: "${name}-${lib.replaceStrings [ "_" ] [ "-" ] debian}") [ "gcc" "g++" "binutils" ];
      targetPrefix = if crossSystem == null && kind == "" then "" else "${config}-";
    in
    raw {
      name = "${targetPrefix}gcc-wrapper-1";
      inherit debian targetPrefix;
      debianVersions = map (name: "${name}=${host.${name} or "none"}") packages;
      PATH = "/usr/bin";
      hook = ''
        export CC=${targetPrefix}gcc
        _libraries() {
          [ ! -d "$1/include" ] || export NIX_CFLAGS_COMPILE="''${NIX_CFLAGS_COMPILE-} -isystem $1/include"
          [ ! -d "$1/lib" ] || export NIX_LDFLAGS="''${NIX_LDFLAGS-} -L$1/lib"
        }
        libraryHooks+=(_libraries)
      '';
      args = [
        "-euc"
        ''
          mkdir -p $out/bin $out/nix-support
          printf '%s\n' "$hook" > $out/nix-support/setup-hook
          for pair in cc=gcc gcc=gcc c++=g++ g++=g++ ar=ar as=as ld=ld; do
            program=/usr/bin/$debian-''${pair#*=}
            [ -x $program ] || { echo "$program is not on this machine" >&2; exit 1; }
            case $pair in
              *=g*) printf '#!/usr/bin/bash\nexec %s "$@" $NIX_CFLAGS_COMPILE $NIX_LDFLAGS\n' $program ;;
              *) printf '#!/usr/bin/bash\nexec %s "$@"\n' $program ;;
            esac > "$out/bin/$targetPrefix''${pair%%=*}"
            chmod +x "$out/bin/$targetPrefix''${pair%%=*}"
          done
        ''
      ];
    }
    // {
      inherit targetPrefix;
    };
  # The pkg-config of a set for another machine.
  pkgConfig =
    targetPrefix: flags:
    raw {
      name = "${targetPrefix}pkg-config-wrapper-1";
      inherit targetPrefix flags;
      PATH = "/usr/bin";
      args = [
        "-euc"
        ''
          mkdir -p $out/bin
          printf '#!/usr/bin/bash\nexec /usr/bin/pkg-config %s "$@"\n' "$flags" > "$out/bin/''${targetPrefix}pkg-config"
          chmod +x "$out/bin/''${targetPrefix}pkg-config"
        ''
      ];
    }
    // {
      inherit targetPrefix;
    };
in
final: {
  inherit lib system;

  # A package set for another machine, and from there the one for this machine.
  pkgsCross = lib.mapAttrs (_name: crossSystem: again { inherit crossSystem; }) {
    riscv64 = "riscv64-linux";
    aarch64-multiplatform = "aarch64-linux";
    mingwW64 = "x86_64-windows";
  };
  pkgsBuildBuild = if crossSystem == null then final else again { crossSystem = null; };
  buildPackages = final.pkgsBuildBuild // lib.optionalAttrs (crossSystem != null) { pkg-config = pkgConfig (cc "").targetPrefix ""; };

  # The same packages, with the names that a static set has: evaluated, and not built.
  pkgsStatic = final // {
    stdenv = final.stdenv // {
      hostPlatform = final.stdenv.hostPlatform // {
        isStatic = true;
      };
      cc = cc "static";
    };
    buildPackages = final.buildPackages // {
      pkg-config = pkgConfig (cc "static").targetPrefix "--static";
    };
    curlMinimal.override =
      wanted:
      lib.throwIfNot (wanted == { gssSupport = false; http2Support = false; scpSupport = false; })
        "stand-in for nixpkgs: curlMinimal knows no such override"
        final.curl;
    callPackage = fn: args: final.callPackage fn ({ inherit (final.pkgsStatic) stdenv; } // args);
  };

  stdenv = makeStdenv (cc "") final.compilers "stdenv-debian";
  stdenvNoCC = makeStdenv null final.coreutils "stdenv-debian-no-cc";

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

  linkFarm =
    name: entries:
    final.runCommand name { links = map (to: "${to}=${entries.${to}}") (lib.attrNames entries); } ''
      mkdir $out
      for l in $links; do ln -s "''${l#*=}" "$out/''${l%%=*}"; done
    '';
  # There is no network here: it says what nixpkgs' says, and fails.
  fetchurl =
    {
      urls,
      sha256,
      name ? baseNameOf (lib.head urls),
    }:
    final.stdenvNoCC.mkDerivation {
      inherit name;
      outputHashAlgo = "sha256";
      outputHash = sha256;
      inherit urls;
      buildCommand = ''
        echo "error: cannot download $name from any mirror" >&2
        exit 1
      '';
    };

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

  # nixpkgs' module.nix, as far as its go can tell: the environment, programs in $GOPATH/bin, tests, hooks, vendorHash = null.
  buildGoModule = final.buildGoModuleOf final.go // {
    override = { go }: final.buildGoModuleOf go;
  };
  buildGoModuleOf = go: {
    __functor =
      _: f:
      final.stdenv.mkDerivation (
        finalAttrs:
        let
          args = if lib.isFunction f then f finalAttrs else f;
          fromStdenv = import ./go-contract.nix == "stdenv";
        in
        assert args.vendorHash == null;
        removeAttrs args [ "vendorHash" ]
        // {
          nativeBuildInputs = [ go ] ++ args.nativeBuildInputs or [ ];
          env = args.env or { } // {
            inherit (if fromStdenv then final.stdenv.hostPlatform.go else go) GOOS GOARCH;
            CGO_ENABLED = toString (args.env.CGO_ENABLED or (if fromStdenv then "1" else go.CGO_ENABLED));
            GO111MODULE = "on";
            GOTOOLCHAIN = "local";
            GOFLAGS = "-mod=vendor -trimpath";
          };
          configurePhase = ''
            runHook preConfigure
            export GOCACHE=$NIX_BUILD_TOP/cache GOPATH=$NIX_BUILD_TOP/go GOPROXY=off GOSUMDB=off
            runHook postConfigure
          '';
          buildPhase = ''
            runHook preBuild
            go install ./...
            runHook postBuild
          '';
          doCheck = args.doCheck or true;
          checkPhase = ''
            runHook preCheck
            export GOFLAGS=''${GOFLAGS//-trimpath/}
            go test -vet=off ./...
            runHook postCheck
          '';
          installPhase = ''
            runHook preInstall
            mkdir -p $out
            cp -r $GOPATH/bin $out/
            runHook postInstall
          '';
          disallowedReferences = [ go ];
          passthru = { inherit go; } // args.passthru or { };
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
    debian = words "gcc-${gcc} g++-${gcc} binutils libc6-dev libstdc++-${gcc}-dev" ++ base.debian;
    bin = words "gcc g++ ar as ld nm ranlib strip objcopy objdump readelf" ++ base.bin;
  };

  bashInteractive = hostPackage {
    pname = "bash";
    bin = [ "bash" ];
  };
  # A copy: into a sandbox that is lent /etc/ssl, a newer Nix writes its own ca-certificates.crt, and so into the machine.
  cacert = hostPackage {
    pname = "cacert";
    debian = [ "ca-certificates" ];
    links."etc/ssl/certs/ca-bundle.crt" = "${./ca-bundle.crt}";
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
  curl = hostPackage {
    pname = "curl";
    debian = [ "libcurl4-openssl-dev" "libcurl4" ];
    pc = [ "libcurl" ] ++ words (host."private:libcurl" or "");
  };
  # Built with ICU, as nixpkgs has it: the target carries a definition that changes the header.
  cxxopts = hostPackage {
    pname = "cxxopts";
    debian = [ "libcxxopts-dev" "libicu-dev" ];
    pc = [ "cxxopts" ];
    links."include/cxxopts.hpp" = "/usr/include/cxxopts.hpp";
    files."lib/cmake/cxxopts/cxxopts-config.cmake" = ''
      get_filename_component(_prefix "''${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
      add_library(cxxopts::cxxopts INTERFACE IMPORTED)
      set_target_properties(cxxopts::cxxopts PROPERTIES INTERFACE_COMPILE_DEFINITIONS CXXOPTS_USE_UNICODE
        INTERFACE_INCLUDE_DIRECTORIES "''${_prefix}/include" INTERFACE_LINK_LIBRARIES "icuuc;icudata")
    '';
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
    debian = [ "golang-${goName}-go" ];
    links = {
      "bin/go" = "/usr/lib/go-${goName}/bin/go";
      "share/go" = "/usr/lib/go-${goName}";
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
  # Debian has none. This one takes arguments as the real one does, and says which files it was given.
  nixfmt = final.writeShellScriptBin "nixfmt" ''
    if [ $# = 0 ]; then
      read -r || { echo "<stdin>:1:1: unexpected end of input" >&2; exit 1; }
      exit
    fi
    for word in "$@"; do
      [ ! -d "$word" ] || { echo "Passing directories ($word) to nixfmt is deprecated" >&2; exit 1; }
      echo "nixfmt $word"
    done
  '';
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
  unzip = hostPackage {
    pname = "unzip";
    bin = [ "unzip" ];
  };
  utf8proc = hostPackage {
    pname = "utf8proc";
    debian = [ "libutf8proc-dev" ];
    pc = [ "libutf8proc" ];
  };
  versionCheckHook = hostPackage {
    pname = "version-check-hook";
    debian = [ "grep" ];
    hook = "installCheckPhase() { \"$out/bin/$pname\" --version | grep -F \"$version\"; }";
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
