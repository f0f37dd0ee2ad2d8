# One step of the road: a derivation that calls one plumbing verb of gostrap, which fills $out.
#
# How the output came to be (its provenance: times, machine, environment) differs from build to build, so it goes to the
# log, where `nix log` shows it, and never into an output.
{
  lib,
  stdenvNoCC,
  gostrap,
}:
{
  pname,
  release,
  words,
  passthru ? { },
  meta ? { },
  ...
}@args:
stdenvNoCC.mkDerivation (
  removeAttrs args [
    "release"
    "words"
  ]
  // {
    inherit (release) version;
    nativeBuildInputs = [ gostrap ];

    # The bits are upstream's only as long as nobody touches them.
    dontStrip = true;
    dontPatchELF = true;
    dontPatchShebangs = true;
    dontFixup = true;

    buildCommand = ''
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
    // passthru;
    meta = {
      homepage = "https://go.dev/";
      license = lib.licenses.bsd3;
      platforms = lib.platforms.linux;
    }
    // meta;
  }
)
