# The program. Its source is what the build reads and nothing else, so that a change to a test or to the README leaves
# every derivation as it is.
{
  lib,
  stdenv,
  cmake,
  ninja,
  pkg-config,
  curl,
  cxxopts,
  doctest,
  elfutils,
  libarchive,
  libgit2,
  libmicrohttpd,
  nlohmann_json,
  openssl,
  utf8proc,
  versionCheckHook,
  zlib,
  zstd,
  # one that runs where this is built: it prints completion and manual pages where this one is for another machine
  native ? null,
}:
let
  root = toString ../.;
  # these files, and all that is in a folder among them
  sourceOf =
    names:
    lib.cleanSourceWith {
      name = "gostrap-source";
      src = ../.;
      filter =
        path: type:
        let
          name =
            if lib.hasPrefix "${root}/" (toString path) then
              lib.removePrefix "${root}/" (toString path)
            else
              throw "gostrap: ${root} is a symbolic link, and Nix reads ${toString path} behind it: import gostrap by its real path.";
        in
        # no editor's files: those that src has end otherwise
        (type == "directory" || builtins.match ".*(~|[.]swp|[.]swo|[.]orig|[.]rej)|(.*/)?[.]#.*" name == null)
        && lib.any (
          each: name == each || lib.hasPrefix "${name}/" each || lib.hasPrefix "${each}/" name
        ) names;
    };
  files = [
    "CMakeLists.txt"
    "LICENSE"
    "nix/releases"
    "nix/settings.json"
    "src"
  ];
in
stdenv.mkDerivation (finalAttrs: {
  pname = "gostrap";
  version = lib.head (
    builtins.match ".*project\\(gostrap VERSION ([0-9.]+).*" (builtins.readFile ../CMakeLists.txt)
  );

  src = sourceOf files;

  strictDeps = true;
  nativeBuildInputs = [
    cmake
    ninja
    pkg-config
  ];
  buildInputs = [
    curl
    cxxopts
    elfutils
    libarchive
    libgit2
    libmicrohttpd
    nlohmann_json
    openssl
    utf8proc
    zlib
    zstd
  ];
  cmakeFlags = [
    (lib.cmakeBool "GOSTRAP_TESTS" false)
  ]
  ++ lib.optional (native != null) "-DGOSTRAP_NATIVE=${lib.getExe native}"
  ++ lib.optionals (stdenv.hostPlatform.isStatic or false) [
    # with what the libraries need themselves
    (lib.cmakeFeature "PKG_CONFIG_ARGN" "--static")
    (lib.cmakeBool "OPENSSL_USE_STATIC_LIBS" true)
  ];

  nativeInstallCheckInputs = [ versionCheckHook ];
  doInstallCheck = true;

  passthru.tests.unit = finalAttrs.finalPackage.overrideAttrs (old: {
    pname = "gostrap-unit-tests";
    src = sourceOf (files ++ [ "tests" ]);
    buildInputs = old.buildInputs ++ [ doctest ];
    cmakeFlags = [ (lib.cmakeBool "GOSTRAP_TESTS" true) ];
    ninjaFlags = [ "unit_tests" ];
    doCheck = true;
    checkPhase = "ctest --output-on-failure -L unit";
    installPhase = "touch $out";
    doInstallCheck = false;
  });

  meta = {
    description = "Builds Go toolchains from pinned source and hands them out as SDKs";
    license = lib.licenses.bsd3;
    maintainers = [ ];
    platforms = lib.platforms.linux;
    mainProgram = "gostrap";
  };
})
