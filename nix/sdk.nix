# An SDK: Go that runs here and targets a port. passthru is what nixpkgs' buildGoModule reads from its go. sdk.buildGoModule
# is that function with this go, whichever way nixpkgs' own tells it the port.
{
  lib,
  step,
  host,
  hostOf,
  profiles,
  runners,
  hook,
  buildGoModule,
  std,
}:
changes: release: port:
step {
  pname = "go-sdk-${port.dashed}${profiles.suffix changes}";
  inherit release;
  words = [
    "sdk"
    port.name
    "--host"
    (host (profiles.ofHost changes) release)
  ]
  ++ profiles.words (profiles.ofSdk changes);
  passthru = sdk: {
    inherit port;
    inherit (changes)
      profile
      patches
      bake
      c
      ;
    host = hostOf (profiles.ofHost changes) release;
    GOOS = port.goos;
    GOARCH = port.goarch;
    # Upstream's Go links programs that use net or os/user to /lib64's dynamic linker where cgo is on, also on the machine's
    # own port; a sandbox and NixOS have none. With a C compiler of its own it leaves linking to that.
    CGO_ENABLED = if changes.c == null then "0" else "1";
    # What its first build would compile, but for what of std has C in it.
    std = std (changes // { c = null; }) release port;
    # What `go run` and `go test` need on PATH beside the SDK.
    runners = runners.packages port;
    # stdenv takes this for the SDK where it is a build input: a hook, and the SDK itself. The SDK has the same bits with Nix
    # and without, and so no hook of its own.
    dev = hook sdk;
    buildGoModule = buildGoModule sdk;
  }
  // lib.optionalAttrs (changes.c != null) {
    # Its C compiler; the package set whose libraries its programs may have, null where none is known.
    inherit (changes.c) cc pkgs;
  };
  meta = {
    description = "Go ${release.version} SDK for ${port.name}";
    mainProgram = "go";
  };
}
