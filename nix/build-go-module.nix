# sdk.buildGoModule: nixpkgs' buildGoModule with an SDK as its go, for programs of the SDK's port.
#
# Which port that is, nixpkgs' function has from its go (up to 26.05) or from stdenv, so it is said once more here. Programs
# lie in bin, whatever the port; tests run where the port's programs can.
{
  lib,
  pkgs,
  runners,
}:
sdk: args:
((pkgs.buildGoModule.override { go = sdk; }) args).overrideAttrs (
  finalAttrs: old:
  let
    asked = if lib.isFunction args then args finalAttrs else args;
    port = {
      inherit (sdk) GOOS GOARCH;
      CGO_ENABLED = toString (asked.env.CGO_ENABLED or asked.CGO_ENABLED or sdk.CGO_ENABLED);
    };
  in
  # before `env`, variables were attributes
  (if old ? GOOS then port else { env = old.env or { } // port; })
  // {
    nativeBuildInputs = (old.nativeBuildInputs or [ ]) ++ sdk.runners;
    doCheck = (old.doCheck or true) && runners.able sdk.port;
    postBuild = ''
      if [ -d "$GOPATH/bin/''${GOOS}_$GOARCH" ]; then
        mv "$GOPATH/bin/''${GOOS}_$GOARCH"/* "$GOPATH/bin/"
        rmdir "$GOPATH/bin/''${GOOS}_$GOARCH"
      fi
    ''
    + (old.postBuild or "");
  }
)
