# One step of the road: a derivation that calls one plumbing verb of gostrap, which fills $out.
#
# How the output came to be (its provenance: times, machine, environment) differs from build to build, so it goes to the
# log, where `nix log` shows it, and never into an output.
{
  lib,
  stdenvNoCC,
  gostrap,
}:
let
  # A step has no phases, and these would change nothing.
  ofPhases = [
    "src"
    "srcs"
    "patches"
    "phases"
    "configureFlags"
    "makeFlags"
    "doCheck"
    "doInstallCheck"
  ]
  ++ lib.concatMap (phase: [
    "pre${phase}"
    "post${phase}"
  ]) names
  ++ [
    "unpackPhase"
    "patchPhase"
    "configurePhase"
    "buildPhase"
    "checkPhase"
    "installPhase"
    "fixupPhase"
    "installCheckPhase"
  ];
  names = [
    "Unpack"
    "Patch"
    "Configure"
    "Build"
    "Check"
    "Install"
    "Fixup"
    "InstallCheck"
  ];
  refuseThem =
    pname: attrs:
    let
      given = lib.filter (
        name:
        !(lib.elem (attrs.${name} or null) [
          null
          false
          ""
          [ ]
        ])
      ) ofPhases;
    in
    lib.foldl' (
      _: name:
      throw "gostrap: ${name} of overrideAttrs has no effect on ${pname}, which is one command without phases. goSdk { patches = [ ./x.patch ]; } builds a patched Go; a derivation with the output among its inputs does the rest."
    ) true given;
in
{
  pname,
  release,
  words,
  # of the derivation as it is in the end
  passthru ? (_: { }),
  meta ? { },
  ...
}@args:
stdenvNoCC.mkDerivation (
  finalAttrs:
  removeAttrs args [
    "release"
    "words"
  ]
  // {
    inherit (release) version;
    strictDeps = true;
    nativeBuildInputs = [ gostrap ];

    # The bits are upstream's only as long as nobody touches them.
    dontStrip = true;
    dontPatchELF = true;
    dontPatchShebangs = true;
    dontFixup = true;

    buildCommand =
      assert refuseThem pname finalAttrs;
      ''
        cd "$NIX_BUILD_TOP"
        status=0
        gostrap ${lib.escapeShellArgs words} --out "$out" --log make.log --provenance provenance.json \
          --jobs "''${NIX_BUILD_CORES:-0}" || status=$?
        for file in make.log provenance.json; do
          if [ -f "$file" ]; then cat "$file"; fi
        done
        [ "$status" = 0 ]
      '';

    passthru = {
      inherit release;
    }
    // passthru finalAttrs.finalPackage;
    meta = {
      homepage = "https://go.dev/";
      changelog = "https://go.dev/doc/devel/release#go${release.version}";
      license = lib.licenses.bsd3;
      platforms = lib.platforms.linux;
    }
    // meta;
  }
)
