# Of packages, what does not depend on the machine that builds it: a Mac asks a builder for linux to make these. The default
# one is the toolchain that then runs on the Mac.
{ lib }:
packages:
lib.filterAttrs (
  name: _:
  lib.any (prefix: lib.hasPrefix prefix name) [
    "go-source"
    "go-toolchain-"
    "go-archives-"
  ]
) packages
