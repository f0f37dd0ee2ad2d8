# The toolchain of a release that runs on the building machine, built from source: make.bash, once a release. It starts from
# nixpkgs' Go, or where that is too old, from the toolchain of an older release.
{
  lib,
  step,
  profiles,
  releases,
  source,
  bootstrap,
  older,
}:
let
  meets = floor: version: lib.versionAtLeast version floor;

  # Of the lines that will do the oldest has the lowest floor itself; of that, the newest patch.
  rung =
    release:
    let
      able = lib.filter (
        each:
        releases.isReleased each && lib.versionOlder each release.version && meets release.bootstrap each
      ) releases.versions;
      ofOldest = lib.filter (each: releases.line each == releases.line (lib.last able)) able;
    in
    if able != [ ] then
      older (releases.release (lib.head ofOldest))
    else
      throw "gostrap: go${release.version} needs Go ${release.bootstrap} or newer to start from. nixpkgs' go is ${bootstrap.version}, and of the releases here none will do: ${
        lib.concatStringsSep ", " releases.heads
      }.";

in
# `changes` is what the host has of a profile; a rung below it has none.
changes: release:
let
  start = if meets release.bootstrap bootstrap.version then bootstrap else rung release;
in
step {
  pname = if changes == profiles.none then "go-host-from-source" else "go-host${profiles.suffix changes}";
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
}
