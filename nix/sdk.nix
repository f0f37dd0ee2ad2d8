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
    inherit (changes) profile patches bake;
    host = hostOf (profiles.ofHost changes) release;
    GOOS = port.goos;
    GOARCH = port.goarch;
    # Upstream's Go links programs that use net or os/user to /lib64's dynamic linker where cgo is on, also on the machine's
    # own port; a sandbox and NixOS have none.
    CGO_ENABLED = "0";
    # What its first build would compile.
    std = std changes release port;
    # What `go run` and `go test` need on PATH beside the SDK.
    runners = runners.packages port;
    # stdenv takes this for the SDK where it is a build input: a hook, and the SDK itself. The SDK has the same bits with Nix
    # and without, and so no hook of its own.
    dev = hook sdk;
    buildGoModule = buildGoModule sdk;
  };
  meta = {
    description = "Go ${release.version} SDK for ${port.name}";
    mainProgram = "go";
  };
}
