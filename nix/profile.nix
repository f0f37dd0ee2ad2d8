# What a profile adds to the steps: words for gostrap, and what their names end with. Without one there is nothing, so
# that no derivation changes because profiles exist.
#
#   goSdk { port = "riscv64"; profile = { GORISCV64 = "rva22u64"; GOGC = 200; }; patches = [ ./x.patch ]; bake = true; }
#
# Which values a release knows is for gostrap to say, when the step is built.
{ lib }:
let
  compiling = [
    "GO386"
    "GOAMD64"
    "GOARM"
    "GOARM64"
    "GOMIPS"
    "GOMIPS64"
    "GOPPC64"
    "GORISCV64"
    "GOWASM"
    "GOFIPS140"
    "GOEXPERIMENT"
  ];
  defaults = [
    "GOGC"
    "GOMEMLIMIT"
    "GODEBUG"
  ];

  only = names: lib.filterAttrs (name: _value: lib.elem name names);
  profileWords =
    profile:
    lib.concatMap (name: [
      "--profile"
      "${name}=${toString profile.${name}}"
    ]) (lib.attrNames profile);
  # A patch is a file in the store, whatever it was named by.
  patchWords =
    patches:
    lib.concatMap (patch: [
      "--patch"
      "${patch}"
    ]) patches;

  suffixOf =
    changes:
    let
      values = map (name: "${name}-${toString changes.profile.${name}}") (lib.attrNames changes.profile);
      patched = lib.optional (changes.patches != [ ]) "patched";
      baked = lib.optional changes.bake "baked";
      words = values ++ baked ++ patched;
      long = lib.concatStringsSep "-" words;
    in
    if words == [ ] then
      ""
    else if builtins.stringLength long > 80 then
      "-profile-${builtins.substring 0 12 (builtins.hashString "sha256" long)}"
    else
      "-${lib.replaceStrings [ "=" "," ] [ "-" "+" ] long}";
in
rec {
  none = {
    profile = { };
    patches = [ ];
    bake = false;
  };

  # As a user gives it, with names that there are.
  checked =
    {
      profile ? { },
      patches ? [ ],
      bake ? false,
    }:
    let
      unknown = lib.filter (name: !(lib.elem name (compiling ++ defaults))) (lib.attrNames profile);
    in
    if unknown != [ ] then
      throw "gostrap: a profile has no ${lib.concatStringsSep ", " unknown}. It has: ${toString (compiling ++ defaults)}."
    else if bake && only compiling profile == { } then
      throw "gostrap: bake has nothing to bake: the profile sets nothing that make.bash reads."
    else
      { inherit profile patches bake; };

  # What the host toolchain has of it, and with it all that is compiled by it.
  ofHost = changes: {
    profile = if changes.bake then only compiling changes.profile else { };
    inherit (changes) patches bake;
  };
  # What is an SDK's alone.
  ofSdk = changes: {
    profile = (if changes.bake then { } else only compiling changes.profile) // only defaults changes.profile;
    patches = [ ];
    bake = false;
  };

  words =
    changes:
    profileWords changes.profile ++ patchWords changes.patches ++ lib.optional changes.bake "--bake";
  suffix = suffixOf;
}
