# What is pinned, a file a release, of which only those are read that are asked for; and the words that users type: "1.24.4" or "1.24"
# for a release, "riscv64" for a port.
# Needs nothing but lib, so that a flake can ask without a system.
{ lib }:
let
  newer = a: b: builtins.compareVersions a b > 0;
  # "1.24.4.json" and its like, and default.json
  versions = builtins.sort newer (
    map (lib.removeSuffix ".json") (
      builtins.attrNames (removeAttrs (builtins.readDir ./releases) [ "default.json" ])
    )
  );
  release = version: lib.importJSON (./releases + "/${version}.json") // { inherit version; };

  # "1.24" of "1.24.4". No regular expressions: there are a hundred versions, and each evaluation comes by here.
  line = version: lib.concatStringsSep "." (lib.take 2 (builtins.splitVersion version));
  isReleased = version: !(lib.elem "rc" (builtins.splitVersion version)); # no candidate
  # the newest of each line
  heads = builtins.sort newer (
    map lib.head (lib.attrValues (builtins.groupBy line (lib.filter isReleased versions)))
  );
  there = "There are: ${lib.concatStringsSep ", " heads}, and older patches of each line.";

  port = goos: goarch: {
    inherit goos goarch;
    name = "${goos}/${goarch}";
    dashed = "${goos}-${goarch}";
  };
  fromName =
    name:
    let
      parts = builtins.match "([^/]+)/(.+)" name;
    in
    port (lib.head parts) (lib.last parts);
  default = lib.importJSON ./releases/default.json;
in
rec {
  inherit versions heads release isReleased line; # newest first

  # go_1_24_4 and all others, and go_1_24 for the newest of a line: `make` of each, which nobody evaluates who does not ask for it.
  named =
    make:
    let
      attribute =
        name: version:
        lib.nameValuePair "go_${lib.replaceStrings [ "." ] [ "_" ] name}" (make (release version));
    in
    lib.listToAttrs (map (version: attribute version version) versions ++ map (version: attribute (line version) version) heads);

  # "1.24.4", "go1.24.4", or "1.24" for the newest of that line; null for the default.
  get =
    wanted:
    let
      version =
        if wanted == null then
          default
        else if builtins.isString wanted then
          lib.removePrefix "go" wanted
        else
          throw "gostrap: a release is a string, such as \"1.24\" or \"1.24.4\", not a ${builtins.typeOf wanted}.";
      ofLine = lib.filter (each: line each == version) heads;
    in
    if lib.elem version versions then
      release version
    else if ofLine != [ ] then
      release (lib.head ofLine)
    else
      throw "gostrap: there is no release \"${wanted}\". ${there} `gostrap release add` pins another one.";

  ports = release: map fromName release.ports;

  # "riscv64" for linux/riscv64, "wasm", "wasi", "windows-amd64"
  shortName =
    port:
    {
      "js-wasm" = "wasm";
      "wasip1-wasm" = "wasi";
    }
    .${port.dashed} or (if port.goos == "linux" then port.goarch else port.dashed);

  archiveName =
    release: port:
    let
      architecture = if port.name == "linux/arm" then "armv6l" else port.goarch;
      ending = if port.goos == "windows" then "zip" else "tar.gz";
    in
    "go${release.version}.${port.goos}-${architecture}.${ending}";

  # Whether upstream's checksum fixes what a build for that port makes: the published archives for darwin are signed by Apple's key.
  isFixed =
    release: port: port.goos != "darwin" && (release.archives or { }) ? ${archiveName release port};

  # Upstream has toolchains that run on all but these.
  hosted = port: !(lib.elem port.goos [ "js" "wasip1" "ios" "android" ]);

  # "linux/riscv64", "linux-riscv64", "riscv64", "wasm", "wasi": one of the release's ports.
  getPort =
    release: text:
    let
      parts = builtins.match "([a-z0-9]+)[/-]([a-z0-9]+)" text;
      wanted =
        if text == "wasm" then
          port "js" "wasm"
        else if text == "wasi" then
          port "wasip1" "wasm"
        else if parts == null then
          port "linux" text
        else
          port (lib.head parts) (lib.last parts);
    in
    if lib.elem wanted.name release.ports then
      wanted
    else
      throw "gostrap: go${release.version} has no port \"${text}\". It has: ${lib.concatStringsSep " " release.ports}.";

  getHosted =
    release: text:
    let
      found = getPort release text;
      able = lib.filter hosted (ports release);
    in
    if hosted found then
      found
    else
      throw "gostrap: no toolchain can be hosted on ${found.name}, only SDKs target it. These can: ${
        lib.concatMapStringsSep " " (each: each.name) able
      }.";

  # The release that a module asks for: its toolchain line, else the newest patch of its go line.
  fromGoMod = import ./go-mod.nix {
    inherit lib versions there;
    strict = false;
  };
  # The same, and nothing else will do.
  fromGoModStrict = import ./go-mod.nix {
    inherit lib versions there;
    strict = true;
  };
}
