# What there is of a release: go-sdk-linux-riscv64, or go-sdk-riscv64 for short, and the rest. `main` are those that `nix flake
# show` lists, `all` those of every port. src/bundle/nix.cpp knows these names too.
{
  lib,
  releases,
  source,
  host,
  built,
  archive,
  fromSource,
  toolchain,
  sdk,
  std,
  hasStd,
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
    name: make: ports:
    lib.listToAttrs (map (port: lib.nameValuePair "go-${name}-${port.dashed}" (make port)) ports);
  ofPorts =
    wanted: release:
    let
      ports = lib.filter wanted (releases.ports release);
      hosted = lib.filter releases.hosted ports;
    in
    {
      go-source = source release;
      go-host = host release;
    }
    // family "archive" (archive release) (lib.filter (releases.isFixed release) hosted)
    // family "toolchain" (toolchain release) hosted
    // family "archives" (archives release) hosted
    // family "sdk" (sdk release) ports
    // family "std" (std release) (lib.filter hasStd ports)
    // lib.listToAttrs (
      map (port: lib.nameValuePair "go-sdk-${releases.shortName port}" (sdk release port)) ports
      ++ map (port: lib.nameValuePair "go-std-${releases.shortName port}" (std release port)) (
        lib.filter hasStd ports
      )
    );

  # What shows that the published bits come from the source.
  proofs =
    release:
    {
      go-host-from-source = built release;
    }
    // family "from-source" (fromSource release) (
      lib.filter (releases.isFixed release) (releases.ports release)
    );
in
{
  main = ofPorts isMain;
  all = release: ofPorts (_port: true) release // proofs release;
}
