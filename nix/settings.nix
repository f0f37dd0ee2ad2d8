# Why a setting cannot have a value for programs of a port: what src/release/setting.cpp says, from the same settings.json,
# so that a profile that cannot be is refused before anything is built. tests/nix/profiles.test.sh holds the two against
# each other. Names that only a release's source knows (GODEBUG's) are looked up when the step is built.
{ lib }:
let
  facts = lib.importJSON ./settings.json;
  byName = lib.listToAttrs (map (each: lib.nameValuePair each.name each) facts.settings);
  parts = lib.splitString ",";
  isOneOf = words: word: lib.elem word words;
  matches = regex: text: builtins.match regex text != null;

  # "1.24.4": 24
  minorOf = release: builtins.fromJSON (lib.head (builtins.match "[0-9]+\\.([0-9]+).*" release.version));
  # of digits, which JSON takes without zeros before them
  number = digits: builtins.fromJSON (lib.head (builtins.match "0*([0-9]+)" digits));
  knownTo = release: pairs: map lib.head (lib.filter (pair: minorOf release >= lib.last pair) pairs);
  choices =
    words:
    if builtins.length words < 2 then
      toString words
    else
      "${lib.concatStringsSep ", " (lib.take (builtins.length words - 1) words)} or ${lib.last words}";

  # The first reason that there is, or null.
  firstOf = lib.foldl' (found: next: if found != null then found else next) null;

  # "v8.1,lse"
  ofParts =
    setting: release: value:
    let
      given = parts value;
      values = knownTo release setting.values;
      suffixes = knownTo release (setting.suffixes or [ ]);
      follow = lib.optional (suffixes != [ ]) ", and ${choices (map (each: ",${each}") suffixes)} may follow";
    in
    if
      isOneOf values (lib.head given)
      && lib.all (isOneOf suffixes) (builtins.tail given)
      && (builtins.length given < 3 || !(setting.oneSuffix or false))
    then
      null
    else
      "${setting.name} of go${release.version} is ${choices values}${toString follow}";

  experiments =
    port: release: value:
    let
      minor = toString (minorOf release);
      known = facts.experiments.always ++ facts.experiments.${minor};
      why =
        part:
        let
          off = builtins.match "no(.+)" part;
          name = if off == null then part else lib.head off;
        in
        if !(matches "[a-z0-9]+" name) then
          "\"${part}\" is no name of an experiment"
        else if
          part == "none"
          || name == "regabi"
          || !(facts.experiments ? ${minor})
          || isOneOf known name
          || isOneOf known part
        then
          if part == "boringcrypto" && !(lib.elem port.name [ "linux/amd64" "linux/arm64" ]) then
            "BoringCrypto is a library for linux/amd64 and linux/arm64"
          else
            null
        else
          "go${release.version} has no experiment \"${part}\". It has: ${choices known}";
    in
    firstOf (map why (parts value));

  # programs of these refuse to start in FIPS 140-3 mode: src/crypto/internal/fips140/fips140.go
  fips =
    port: release: value:
    let
      able =
        port.goarch != "wasm"
        && !(lib.elem port.goos [ "openbsd" "aix" ])
        && !(lib.elem port.name [ "windows/386" "windows/arm" ]);
      there = knownTo release byName.GOFIPS140.values;
    in
    if !(isOneOf there value) then
      "go${release.version} has ${choices there}"
    else if able || value == "off" then
      null
    else
      "programs in FIPS 140-3 mode refuse to start there (crypto/internal/fips140)";

  percentage =
    value:
    if value == "off" || (matches "[0-9]{1,10}" value && number value <= 2147483647) then
      null
    else
      "it is a percentage, such as 200, or off";

  memoryLimit =
    port: value:
    let
      read = builtins.match "([0-9]{1,18})(B|KiB|MiB|GiB|TiB)?" value;
      unit = lib.last read;
      factor =
        {
          KiB = 1024;
          MiB = 1048576;
          GiB = 1073741824;
          TiB = 1099511627776;
        }
        .${if unit == null then "" else unit} or 1;
      count = number (lib.head read);
      narrow = lib.elem port.goarch [ "386" "arm" "mips" "mipsle" ];
    in
    if read == null || count == 0 || count > 9223372036854775807 / factor then
      "it is a number of bytes, which may end in B, KiB, MiB, GiB or TiB"
    else if port.goarch == "wasm" || port.goos == "plan9" then
      "memory only ever grows there, so a limit could not be kept"
    else if narrow && count * factor > 4294967296 then
      "a program has 4 GiB at the most there"
    else
      null;

  debug =
    value:
    let
      why =
        part:
        let
          read = builtins.match "([a-z0-9.]+)=([a-zA-Z0-9.=+_-]*)" part;
          name = lib.head read;
          values = facts.debug.${name} or null;
        in
        if read == null then
          "\"${part}\" is not NAME=VALUE"
        else if lib.hasPrefix "cpu." name then
          "cpu.* is read from the environment only, before anything else"
        else if values != null && !(isOneOf values (lib.last read)) then
          "${name} is ${choices values}, and the runtime knows no other value"
        else
          null;
    in
    firstOf (map why (parts value));
in
rec {
  names = map (each: each.name) facts.settings;
  # GOGC: read by programs when they start; all others are read when they are compiled.
  compiling = map (each: each.name) (lib.filter (each: !(each.runtime or false)) facts.settings);
  defaults = map (each: each.name) (lib.filter (each: each.runtime or false) facts.settings);

  whyNot =
    name: value: port: release:
    let
      setting = byName.${name};
      architectures = setting.architectures or [ ];
      own = lib.filter (
        each: isOneOf (each.architectures or [ ]) port.goarch && minorOf release >= each.since
      ) facts.settings;
      choice =
        if own == [ ] then
          "${port.goarch} has no such variable"
        else
          "its variable is ${(lib.head own).name}: ${choices (knownTo release (lib.head own).values)}";
    in
    if !(matches "[a-zA-Z0-9.,=+_-]{1,200}" value) then
      "that is no value of ${name}"
    else if architectures != [ ] && !(isOneOf architectures port.goarch) then
      "${name} is for ${choices architectures}, and has no effect there (${choice})"
    else if minorOf release < setting.since then
      "go${release.version} has no ${name}, which came with Go 1.${toString setting.since}"
    else if name == "GOEXPERIMENT" then
      experiments port release value
    else if name == "GOFIPS140" then
      fips port release value
    else if name == "GOGC" then
      percentage value
    else if name == "GOMEMLIMIT" then
      memoryLimit port value
    else if name == "GODEBUG" then
      debug value
    else
      ofParts setting release value;

  # make.bash bakes it into the toolchain.
  bakes = name: byName.${name}.baked or byName.${name}.runtime or false;
}
