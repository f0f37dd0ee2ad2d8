# The C compiler of an SDK that compiles C, and the package set that its programs have their libraries from: nixpkgs' own for
# the machine's port, pkgsCross' for another one, pkgsStatic's (of musl) where programs are to be static.
#
#   goSdk { port = "riscv64"; cgo = true; }
#   goSdk { port = "riscv64"; static = true; }
#   goSdk { port = "riscv64"; cc = pkgs.pkgsCross.riscv64.clangStdenv.cc; }
{
  lib,
  # of the machine that builds
  here,
  # those that were given, which may be for another machine
  given,
  ownPort,
}:
let
  crossSets = {
    "linux/386" = "gnu32";
    "linux/amd64" = "gnu64";
    "linux/arm" = "armv7l-hf-multiplatform";
    "linux/arm64" = "aarch64-multiplatform";
    "linux/loong64" = "loongarch64-linux";
    "linux/mips" = "mips-linux-gnu";
    "linux/mips64" = "mips64-linux-gnuabi64";
    "linux/mips64le" = "mips64el-linux-gnuabi64";
    "linux/mipsle" = "mipsel-linux-gnu";
    "linux/ppc64le" = "powernv";
    "linux/riscv64" = "riscv64";
    "linux/s390x" = "s390x";
    "windows/386" = "mingw32";
    "windows/amd64" = "mingwW64";
  };
  # where Go has no cgo at all: src/release/feature.cpp
  isWithout =
    port:
    port.goarch == "wasm"
    || port.goos == "plan9"
    || lib.elem port.name [
      "openbsd/ppc64"
      "windows/arm"
    ];

  crossSet =
    port: profile:
    let
      goarm = if port.name == "linux/arm" then toString (profile.GOARM or "7") else "7";
      name = if goarm == "6" then "raspberryPi" else crossSets.${port.name} or null;
    in
    if name == null || goarm == "5" then null else here.pkgsCross.${name} or null;

  # a compiler as stdenv.cc is, or a program
  programOf =
    cc:
    if builtins.isAttrs cc && cc ? targetPrefix then
      "${cc}/bin/${cc.targetPrefix}cc"
    else if lib.isDerivation cc then
      lib.getExe cc
    else if builtins.isPath cc || (builtins.isString cc && builtins.hasContext cc) then
      "${cc}"
    else
      throw "gostrap: cc is a C compiler as stdenv.cc is, or a program that a build can see, such as \"\${package}/bin/cc\": not a ${builtins.typeOf cc}.";
in
rec {
  words = [
    "cgo"
    "static"
    "cc"
  ];

  # What of `wanted` is about C, for a port with a profile; null where nothing is.
  asked =
    wanted: port: profile:
    let
      cgo = wanted.cgo or (static || wanted ? cc);
      static = wanted.static or false;
      notTrueOrFalse = lib.filter (name: !(builtins.isBool (wanted.${name} or false))) [
        "cgo"
        "static"
      ];
      ofPort =
        if !(wanted ? port) then
          given
        else if port == ownPort then
          here
        else
          crossSet port profile;
      pkgs = if ofPort != null && static && port.goos == "linux" then ofPort.pkgsStatic else ofPort;
      cc =
        wanted.cc or (
          if pkgs != null then
            pkgs.stdenv.cc
          else
            throw "gostrap: no C compiler of nixpkgs' is known here for ${port.name}: name one, such as cc = pkgsCross.NAME.stdenv.cc. One is known for ${lib.concatStringsSep ", " (lib.attrNames crossSets)}."
        );
    in
    if notTrueOrFalse != [ ] then
      throw "gostrap: ${lib.head notTrueOrFalse} is true or false, not a ${builtins.typeOf wanted.${lib.head notTrueOrFalse}}."
    else if !cgo && (static || wanted ? cc) then
      throw "gostrap: ${if static then "static" else "cc"} is about programs that have C in them, and cgo is false."
    else if !cgo then
      null
    else if isWithout port then
      throw "gostrap: ${port.name} has no cgo: leave out cgo, static and cc."
    else
      {
        inherit static cc pkgs;
        program = programOf cc;
        # It finds libraries among the inputs of a build. The compiler does the same, where it is one as stdenv.cc is.
        pkgConfig = if pkgs != null then pkgs.buildPackages.pkg-config or null else null;
      };
}
