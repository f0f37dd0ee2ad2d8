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
in
runCommand "${sdk.pname}-hook-${sdk.version}"
  {
    inherit sdk;
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
    + (if sdk.port == ownPort then set "CGO_ENABLED" "0" else "")
    + (if withStd sdk.port then takeStd else "");
    meta.description = "What stdenv does where ${sdk.name} is a build input";
  }
  ''
    mkdir -p $out/nix-support
    printf '%s' "$hook" > $out/nix-support/setup-hook
    echo $sdk > $out/nix-support/propagated-native-build-inputs
  ''
