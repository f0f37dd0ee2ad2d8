# Names: go-sdk-linux-riscv64, or go-sdk-riscv64 for short, for the default release; go-sdk-riscv64_1_24_4 for any.
{
  lib,
  gostrap,
  releases,
  source,
  host,
  toolchain,
  sdk,
  archives,
}:
let
  short = {
    "js-wasm" = "wasm";
    "wasip1-wasm" = "wasi";
  };
  shortName = port: short.${port.dashed} or (if port.goos == "linux" then port.goarch else port.dashed);

  family =
    name: make: ports: release:
    lib.listToAttrs (
      map (port: lib.nameValuePair "go-${name}-${port.dashed}" (make release port)) (ports release)
    );
  hosted = release: lib.filter releases.hosted (releases.ports release);

  ofRelease =
    release:
    {
      go-source = source release;
      go-host = host release;
    }
    // family "toolchain" toolchain hosted release
    // family "archives" archives hosted release
    // family "sdk" sdk releases.ports release
    // lib.listToAttrs (
      map (port: lib.nameValuePair "go-sdk-${shortName port}" (sdk release port)) (releases.ports release)
    );

  suffixed =
    release:
    lib.mapAttrs' (
      name: lib.nameValuePair "${name}_${lib.replaceStrings [ "." ] [ "_" ] release.version}"
    ) (ofRelease release);
in
lib.foldl' (found: release: found // suffixed release) { } releases.all
// ofRelease (releases.get null)
// {
  inherit gostrap;
  default = gostrap;
}
