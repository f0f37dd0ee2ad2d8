# Names: go-sdk-linux-riscv64, or go-sdk-riscv64 for short, for the default release; go-sdk-riscv64_1_24_4 for any. `main`
# are those that `nix flake show` lists, `all` are some thousands. src/bundle/nix.cpp knows these names too.
{
  lib,
  releases,
  source,
  host,
  toolchain,
  sdk,
  archives,
}:
let
  isMain =
    port:
    lib.elem port.name [
      "linux/amd64"
      "linux/arm64"
      "linux/riscv64"
      "js/wasm"
      "wasip1/wasm"
    ];

  family =
    name: make: ports: release:
    lib.listToAttrs (
      map (port: lib.nameValuePair "go-${name}-${port.dashed}" (make release port)) (ports release)
    );
  ofRelease =
    wanted: release:
    let
      ports = release: lib.filter wanted (releases.ports release);
      hosted = release: lib.filter releases.hosted (ports release);
    in
    {
      go-source = source release;
      go-host = host release;
    }
    // family "toolchain" toolchain hosted release
    // family "archives" archives hosted release
    // family "sdk" sdk ports release
    // lib.listToAttrs (
      map (port: lib.nameValuePair "go-sdk-${releases.shortName port}" (sdk release port)) (ports release)
    );

  suffixed =
    wanted: release:
    lib.mapAttrs' (
      name: lib.nameValuePair "${name}_${lib.replaceStrings [ "." ] [ "_" ] release.version}"
    ) (ofRelease wanted release);

  every =
    wanted: versions:
    lib.foldl' (found: version: found // suffixed wanted (releases.release version)) { } versions
    // ofRelease wanted (releases.get null);
in
{
  all = every (_port: true) releases.versions;
  main = every isMain releases.few;
}
