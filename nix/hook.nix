# What stdenv runs where an SDK is among the nativeBuildInputs of a build or a shell. A build that sets another port than the
# SDK's (nixpkgs' buildGoModule, where it takes the port from stdenv and not from its go) ends: it would make a program for
# another machine, and nobody would notice before it runs.
{
  lib,
  runCommand,
  ownPort,
  # Whether the first build with an SDK for that port shall find std compiled.
  withStd,
}:
sdk:
let
  program = "${sdk.std}/bin/go_cache";
  # Where you have not set it. `nix develop` runs this without the user's variables, and shellHook with them.
  set = name: value: ''
    if [ -n "''${IN_NIX_SHELL-}" ]; then
      shellHook="''${shellHook-}"$'\n'"export ${name}=\''${${name}-${value}}"
    else
      export ${name}=''${${name}-${value}}
    fi
  '';
  # Go 1.24 and later ask a program; before, its results are put into the cache.
  takeStd =
    if lib.versionAtLeast sdk.version "1.24" then
      set "GOCACHEPROG" program
    else
      ''
        _gostrapTakeStd() { ${program} fill; }
        if [ -n "''${IN_NIX_SHELL-}" ]; then
          shellHook="''${shellHook-}"$'\n'"${program} fill"
        else
          preBuildHooks+=(_gostrapTakeStd)
        fi
      '';

  # What a build needs beside an SDK that compiles C: its compiler and a pkg-config, whose own hooks have them find the
  # libraries among the inputs, headers and all. The SDK's pkg-config asks that one.
  c = sdk.c or null;
  pkgConfig = if c == null then null else c.pkgConfig;
  beside = lib.optionals (c != null) (
    lib.optional (c.cc ? targetPrefix) c.cc ++ lib.optional (pkgConfig != null) pkgConfig
  );
  # In a shell the user's own PKG_CONFIG_PATH is for another machine.
  takePkgConfig = ''
    export PKG_CONFIG_PATH=''${PKG_CONFIG_PATH-}
  ''
  + set "GOSTRAP_PKG_CONFIG" "${pkgConfig}/bin/${pkgConfig.targetPrefix}pkg-config";
in
runCommand "${sdk.pname}-hook-${sdk.version}"
  {
    inherit sdk beside;
    hook = ''
      # ${sdk.name}: go builds for ${sdk.port.name}
      _gostrapSamePort() {
        if [ "''${GOOS:-${sdk.GOOS}}" != ${sdk.GOOS} ] || [ "''${GOARCH:-${sdk.GOARCH}}" != ${sdk.GOARCH} ]; then
          {
            echo "gostrap: GOOS=''${GOOS-} GOARCH=''${GOARCH-} would make programs for another machine than ${sdk.port.name}, which this SDK is for: ${sdk}"
            echo "gostrap: build with the SDK's own function, sdk.buildGoModule { … }, or take the SDK of the other port. Where it is meant, set gostrapAnyPort."
          } >&2
          exit 1
        fi
      }
      if [ -z "''${IN_NIX_SHELL-}''${gostrapAnyPort-}" ]; then
        _gostrapSamePort
        preConfigureHooks+=(_gostrapSamePort)
        preBuildHooks+=(_gostrapSamePort)
      fi
    ''
    + (if sdk.port == ownPort && c == null then set "CGO_ENABLED" "0" else "")
    + (if pkgConfig != null && pkgConfig.targetPrefix or "" != "" then takePkgConfig else "")
    + (if withStd sdk.port then takeStd else "");
    meta.description = "What stdenv does where ${sdk.name} is a build input";
  }
  ''
    mkdir -p $out/nix-support
    printf '%s' "$hook" > $out/nix-support/setup-hook
    # of a native input that is where stdenv finds what comes with it (findInputs)
    echo $sdk $beside > $out/nix-support/propagated-build-inputs
  ''
