# The program. Its source is what the build reads and nothing else, so that a change to a test or to the README leaves
# every derivation as it is.
{
  lib,
  stdenv,
  cmake,
  ninja,
  pkg-config,
  cxxopts,
  elfutils,
  libarchive,
  libgit2,
  libmicrohttpd,
  nlohmann_json,
  openssl,
  zlib,
  zstd,
}:
let
  root = toString ../.;
  isRead =
    path:
    lib.elem path [
      "CMakeLists.txt"
      "nix"
      "nix/releases.json"
      "src"
    ]
    || lib.hasPrefix "src/" path;
in
stdenv.mkDerivation {
  pname = "gostrap";
  version = lib.head (
    builtins.match ".*project\\(gostrap VERSION ([0-9.]+).*" (builtins.readFile ../CMakeLists.txt)
  );

  src = lib.cleanSourceWith {
    name = "gostrap-source";
    src = ../.;
    filter = path: _type: isRead (lib.removePrefix "${root}/" (toString path));
  };

  nativeBuildInputs = [
    cmake
    ninja
    pkg-config
  ];
  buildInputs = [
    cxxopts
    elfutils
    libarchive
    libgit2
    libmicrohttpd
    nlohmann_json
    openssl
    zlib
    zstd
  ];
  cmakeFlags = [ "-DGOSTRAP_TESTS=OFF" ];

  meta = {
    description = "Builds Go toolchains from pinned source and hands them out as SDKs";
    license = lib.licenses.bsd3;
    platforms = lib.platforms.linux;
    mainProgram = "gostrap";
  };
}
