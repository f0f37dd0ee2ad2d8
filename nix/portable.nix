# Of packages, what does not depend on the machine that builds it: a Mac asks a builder for linux to make these. The default
# one is the toolchain that then runs on the Mac.
{ lib }:
let
  isPortable =
    name:
    lib.any (prefix: lib.hasPrefix prefix name) [
      "go-source"
      "go-toolchain-"
      "go-archive"
    ];
  # and go_1_24_4 with what is so in it
  portable =
    packages:
    lib.filterAttrs (name: _: isPortable name) packages
    // lib.mapAttrs (_: portable) (lib.filterAttrs (name: _: lib.hasPrefix "go_" name) packages);
in
portable
