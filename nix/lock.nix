# gostrap.lock, as `gostrap use` writes it: which SDKs a project is built with, bit for bit. src/project/lock.hpp is the same
# in C++.
{ lib, releases }:
file:
let
  name = toString file;
  lock = lib.importJSON file;
  refuse = why: throw "gostrap: ${name}: ${why}. `gostrap use PORT` writes it anew.";
  release = releases.get lock.release;
  ports = lib.attrNames lock.sdks;
  differs = key: lock ? ${key} && release ? ${key} && lock.${key} != release.${key};
in
if lock.lock or null != 1 then
  refuse "a newer gostrap wrote it, or it is no lock"
else if differs "commit" then
  refuse "it says commit ${lock.commit}, and go${release.version} is pinned to ${release.commit}"
else if differs "source" then
  refuse "it says the source ${lock.source}, and go${release.version} is pinned to ${release.source}"
else
  {
    inherit release;

    # The only port that it has, where one is not named otherwise.
    port = if builtins.length ports == 1 then lib.head ports else null;

    # What it says of a port: the profile, and the NAR hash of share/go as it is on a machine, null where the lock was never
    # written on such a one. The files of its patches are `given`.
    sdk =
      port: ownPort: given:
      let
        entry =
          lock.sdks.${port.name}
            or (refuse "it has no SDK for ${port.name}: it has those for ${lib.concatStringsSep ", " ports}");
        profile = entry.profile or { };
        patches = profile.patches or [ ];
      in
      if map (builtins.hashFile "sha256") given != patches then
        refuse "its SDK for ${port.name} has ${
          if patches == [ ] then "no patches" else "patches with the SHA-256 ${toString patches}: give these files as patches"
        }"
      else
        {
          nar = entry.nar.${ownPort.name} or null;
          profile = removeAttrs profile [
            "patches"
            "bake"
            "c"
          ];
          # Its C compiler is a program of the machine that wrote it; here it is nixpkgs' for the port.
          c =
            if !(profile ? c) then
              { }
            else if profile.c.sysroot != "" then
              refuse "its SDK for ${port.name} takes C libraries from ${profile.c.sysroot}, which a build cannot see: the inputs of a derivation are where Nix has them"
            else
              {
                cgo = true;
                inherit (profile.c) static;
              };
          bake = profile.bake or false;
        };
  }
