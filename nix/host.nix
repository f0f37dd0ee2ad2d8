# The toolchain of a release that runs on the building machine: make.bash, once a release. Everything else of the release
# is made with it. It starts from nixpkgs' Go, or where that is too old, from the host toolchain of an older release.
{
  lib,
  step,
  profiles,
  releases,
  source,
  bootstrap,
}:
let
  meets = floor: version: lib.versionAtLeast version floor;

  # The oldest release that will do has the lowest floor itself.
  rung =
    release:
    let
      older = lib.filter (each: lib.versionOlder each.version release.version) releases.all;
      able = lib.filter (each: meets release.bootstrap each.version) older;
    in
    if able != [ ] then
      host profiles.none (lib.last able)
    else
      throw "gostrap: go${release.version} needs Go ${release.bootstrap} or newer to start from. nixpkgs' go is ${bootstrap.version}, and of the releases here none will do: ${
        lib.concatMapStringsSep ", " (each: each.version) releases.all
      }.";

  # `changes` is what the host has of a profile; a rung below it has none.
  host =
    changes: release:
    let
      start = if meets release.bootstrap bootstrap.version then bootstrap else rung release;
    in
    step {
      pname = "go-host${profiles.suffix changes}";
      inherit release;
      words = [
        "host"
        "--source"
        (source release)
        "--bootstrap"
        start
      ]
      ++ profiles.words changes;
      requiredSystemFeatures = [ "big-parallel" ];
      passthru = _: {
        source = source release;
        bootstrap = start;
      };
      meta = {
        description = "Go ${release.version}, built by make.bash for the machine that builds";
        mainProgram = "go";
      };
    };
in
host
