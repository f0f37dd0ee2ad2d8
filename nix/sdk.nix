# An SDK: Go that runs here and targets a port. passthru is what nixpkgs' buildGoModule reads from its go, so that
# `buildGoModule.override { go = …; }` makes programs for the port.
{
  lib,
  step,
  host,
  profiles,
  runners,
  ownPort,
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
  passthru = {
    inherit port;
    inherit (changes) profile patches bake;
    host = host (profiles.ofHost changes) release;
    GOOS = port.goos;
    GOARCH = port.goarch;
    CGO_ENABLED = if port == ownPort then "1" else "0";
    # What `go run` and `go test` need on PATH beside the SDK.
    runners = runners port;
  };
  meta = {
    description = "Go ${release.version} SDK for ${port.name}";
    mainProgram = "go";
  };
}
