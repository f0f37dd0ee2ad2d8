# What releases.json pins, and the words that users type: "1.24.4" or "1.24" for a release, "riscv64" for a port.
# Needs nothing but lib, so that a flake can ask without a system.
{ lib }:
let
  pinned = lib.importJSON ./releases.json;

  newer = a: b: builtins.compareVersions a b > 0;
  versions = builtins.sort newer (builtins.attrNames pinned.releases);
  release = version: pinned.releases.${version} // { inherit version; };
  there = "There are: ${lib.concatStringsSep ", " versions}.";

  line = version: lib.concatStringsSep "." (lib.take 2 (lib.splitString "." version));

  port = goos: goarch: {
    inherit goos goarch;
    name = "${goos}/${goarch}";
    dashed = "${goos}-${goarch}";
  };
  fromName = name: lib.foldl' (f: part: f part) port (lib.splitString "/" name);
in
rec {
  inherit versions; # newest first
  all = map release versions;

  # "1.24.4", "go1.24.4", or "1.24" for the newest of that line; null for the default.
  get =
    wanted:
    let
      version =
        if wanted == null then
          pinned.default
        else if builtins.isString wanted then
          lib.removePrefix "go" wanted
        else
          throw "gostrap: a release is a string, such as \"1.24\" or \"1.24.4\", not a ${builtins.typeOf wanted}.";
      ofLine = lib.filter (each: line each == version) versions;
    in
    if pinned.releases ? ${version} then
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
