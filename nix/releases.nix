# What is pinned, a file a release, of which only those are read that are asked for; and the words that users type: "1.24.4" or "1.24" for a release, "riscv64" for a port.
# Needs nothing but lib, so that a flake can ask without a system.
{ lib }:
let
  newer = a: b: builtins.compareVersions a b > 0;
  # "1.24.4.json" and its like, and default.json
  versions = builtins.sort newer (
    lib.concatMap (
      name:
      let
        version = builtins.match "([0-9].*)[.]json" name;
      in
      if version == null then [ ] else version
    ) (builtins.attrNames (builtins.readDir ./releases))
  );
  release = version: lib.importJSON (./releases + "/${version}.json") // { inherit version; };

  line = version: lib.head (builtins.match "([0-9]+\\.[0-9]+).*" version);
  isReleased = version: builtins.match "[0-9.]+" version != null; # no candidate
  # the newest of each line
  heads = lib.foldl' (
    found: version:
    if isReleased version && !(lib.any (each: line each == line version) found) then
      found ++ [ version ]
    else
      found
  ) [ ] versions;
  there = "There are: ${lib.concatStringsSep ", " heads}, and older patches of each line.";

  port = goos: goarch: {
    inherit goos goarch;
    name = "${goos}/${goarch}";
    dashed = "${goos}-${goarch}";
  };
  fromName = name: lib.foldl' (f: part: f part) port (lib.splitString "/" name);
  default = lib.importJSON ./releases/default.json;
in
rec {
  inherit versions release isReleased line; # newest first
  # the default, and the newest of each line
  few = lib.filter (version: lib.elem version heads || version == default) versions;

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
