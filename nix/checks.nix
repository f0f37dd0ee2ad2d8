# What `nix flake check` builds: the program, upstream's archives from source, a hello for each port that has a shell, and the
# templates.
{
  pkgs,
  gostrap,
  goSdk,
  fromGoModStrict,
  releases,
  ownPort,
  fromSource,
}:
let
  inherit (pkgs) lib;
  inherit (pkgs.stdenv.hostPlatform) system;

  hello =
    port:
    let
      sdk = goSdk { inherit port; };
    in
    pkgs.runCommand "hello-${port}"
      {
        nativeBuildInputs = [ sdk ] ++ sdk.runners;
        wanted = "hello from ${sdk.GOOS}/${sdk.GOARCH}, made with go${sdk.version}";
      }
      ''
        export HOME=$NIX_BUILD_TOP
        cp ${./templates/default/main.go} main.go
        go run main.go > $out
        grep -x "$wanted" $out
      '';

  # A template's packages, as its own flake.nix has them.
  template =
    name:
    let
      flake = import ./templates/${name}/flake.nix;
      outputs = flake.outputs {
        nixpkgs = {
          inherit lib;
          legacyPackages.${system} = pkgs;
        };
        gostrap.lib = {
          inherit fromGoModStrict;
          goSdk = wanted: goSdk (removeAttrs wanted [ "system" ]);
        };
      };
    in
    lib.mapAttrs' (port: lib.nameValuePair "template-${name}-${port}") outputs.packages.${system};

  ports = [
    (releases.shortName ownPort)
    "arm64"
    "riscv64"
    "wasm"
    "wasi"
  ];
in
{
  inherit gostrap;
}
// lib.listToAttrs (
  map (port: lib.nameValuePair "from-source-${port.dashed}" (fromSource (releases.get null) port)) (
    lib.filter (
      port: (port == ownPort || port.name == "linux/riscv64") && releases.isFixed (releases.get null) port
    ) (releases.ports (releases.get null))
  )
)
// lib.listToAttrs (map (port: lib.nameValuePair "hello-${port}" (hello port)) ports)
// template "default"
// template "cross"
// template "cgo"
// template "wasm"
