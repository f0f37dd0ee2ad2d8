# What a profile adds to the steps: words for gostrap, and what their names end with. Without one there is nothing, so
# that no derivation changes because profiles exist.
#
#   goSdk { port = "riscv64"; profile = { GORISCV64 = "rva22u64"; GOGC = 200; }; patches = [ ./x.patch ]; bake = true; }
#
# The C compiler of an SDK that compiles C is beside it, as `c` (c-compiler.nix).
#
# What cannot be is refused when it is evaluated; settings.nix says why.
{ lib }:
let
  settings = import ./settings.nix { inherit lib; };
  inherit (settings) compiling defaults;

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

  cWords =
    c:
    lib.optionals (c != null) (
      [
        "--cc"
        c.program
      ]
      ++ lib.optional c.static "--static"
    );

  suffixOf =
    changes:
    let
      values = map (name: "${name}-${toString changes.profile.${name}}") (lib.attrNames changes.profile);
      patched = lib.optional (changes.patches != [ ]) "patched";
      baked = lib.optional changes.bake "baked";
      words = values ++ baked ++ patched;
      long = lib.concatStringsSep "-" words;
      cgo =
        if changes.c == null then
          ""
        else if changes.c.static then
          "-cgo-static"
        else
          "-cgo";
    in
    if words == [ ] then
      cgo
    else if builtins.stringLength long > 80 then
      "-profile-${builtins.substring 0 12 (builtins.hashString "sha256" long)}${cgo}"
    else
      "-${lib.replaceStrings [ "=" "," ] [ "-" "+" ] long}${cgo}";
in
rec {
  none = {
    profile = { };
    patches = [ ];
    bake = false;
    c = null;
  };

  # As a user gives it, for a release and a port, if that can be.
  checked =
    release: port:
    {
      profile ? { },
      patches ? [ ],
      bake ? false,
    }:
    let
      unknown = lib.filter (name: !(lib.elem name settings.names)) (lib.attrNames profile);
      text =
        name: value:
        if builtins.isString value || builtins.isInt value then
          toString value
        else
          throw "gostrap: ${name} of the profile is a ${builtins.typeOf value}, and should be a string or a number.";
      values = lib.mapAttrs text profile;
      refuse =
        name: why:
        throw "gostrap: ${name}=${values.${name}} cannot be for ${port.name}: ${why}. `gostrap release show ${release.version} ${port.name}` lists what can.";
      checkedValue =
        name: value:
        let
          why = settings.whyNot name value port release;
        in
        if why != null then
          refuse name why
        else if bake && !(settings.bakes name) then
          throw "gostrap: ${name}=${value} with bake cannot be: make.bash bakes no ${name}. Without bake it is bound in go.env."
        else
          true;
      fips = values.GOFIPS140 or "off";
      # what a build can see: a path, a derivation's output, or a string that refers to one
      isFile =
        patch:
        if builtins.isPath patch then
          builtins.pathExists patch && !(builtins.pathExists "${toString patch}/.")
        else
          (builtins.isString patch && builtins.hasContext patch) || (builtins.isAttrs patch && patch ? outPath);
      noFiles = lib.filter (patch: !(isFile patch)) patches;
      named = patch: if builtins.isString patch || builtins.isPath patch then "\"${toString patch}\"" else "a ${builtins.typeOf patch}";
    in
    if !(builtins.isAttrs profile) then
      throw "gostrap: a profile is a set, such as { GOAMD64 = \"v3\"; }, not a ${builtins.typeOf profile}."
    else if unknown != [ ] then
      throw "gostrap: a profile has no ${lib.concatStringsSep ", " unknown}. It has: ${toString settings.names}."
    else if !(builtins.isBool bake) then
      throw "gostrap: bake is true or false, not a ${builtins.typeOf bake}."
    else if !(builtins.isList patches) then
      throw "gostrap: patches is a list of files, not a ${builtins.typeOf patches}."
    else if noFiles != [ ] then
      throw "gostrap: each of patches is a file that a build can see, such as ./x.patch or what fetchpatch gives: not ${named (lib.head noFiles)}."
    else if !(lib.all (name: checkedValue name values.${name}) (lib.attrNames values)) then
      null # each of them has thrown
    else if fips != "off" && lib.elem "boringcrypto" (lib.splitString "," (values.GOEXPERIMENT or "")) then
      throw "gostrap: GOFIPS140=${fips} with GOEXPERIMENT=boringcrypto cannot be: cmd/go refuses the two together. Take one of them."
    else if bake && only compiling values == { } then
      throw "gostrap: bake has nothing to bake: the profile sets nothing that make.bash reads."
    else
      {
        inherit patches bake;
        profile = values;
        c = null;
      };

  # What the host toolchain has of it, and with it all that is compiled by it.
  ofHost = changes: {
    profile = if changes.bake then only compiling changes.profile else { };
    inherit (changes) patches bake;
    c = null;
  };
  # What is an SDK's alone.
  ofSdk = changes: {
    profile = (if changes.bake then { } else only compiling changes.profile) // only defaults changes.profile;
    patches = [ ];
    bake = false;
    inherit (changes) c;
  };
  # What a go command is to have in its environment to compile as an SDK's does, where that compiles with its host's runtime.
  environment =
    changes:
    let
      settings = only compiling (ofSdk changes).profile;
    in
    map (name: "${name}=${settings.${name}}") (lib.attrNames settings);
  hasOwnRuntime = changes: only defaults changes.profile != { };

  words =
    changes:
    profileWords changes.profile
    ++ patchWords changes.patches
    ++ lib.optional changes.bake "--bake"
    ++ cWords changes.c;
  suffix = suffixOf;
}
