# What std's packages compile to with an SDK, for the go command's build cache: with it the first build takes a second.
#
# The go command decides its bits, and what it is asked: src/seed has that. So they are compiled in a derivation that has
# no gostrap among its inputs, and another gostrap lays them out again, in seconds.
{
  lib,
  stdenvNoCC,
  step,
  sdk,
  hostOf,
  profiles,
  hasStd,
}:
changes: release: port:
let
  suffix = "${port.dashed}${profiles.suffix changes}";

  results = stdenvNoCC.mkDerivation {
    pname = "go-std-results-${suffix}";
    inherit (release) version;
    # What the SDK is laid out from: the SDK itself changes whenever gostrap does. Only one with a runtime of its own has to
    # compile it.
    go = if profiles.hasOwnRuntime changes then sdk changes release port else hostOf (profiles.ofHost changes) release;
    # each by itself: no other file of src changes this
    makeScript = ../src/seed/make.sh;
    program = ../src/seed/go_cache;
    strictDeps = true;
    # The variables are those of base_environment (src/toolchain/environment.cpp): what stdenv has set is not for the go command.
    buildCommand = ''
      work=$NIX_BUILD_TOP/work
      mkdir -p $work/{home,tmp,cache,gopath}
      cp -r $program $work/go_cache
      cd $work
      env -i PATH="$PATH" HOME=$work/home TMPDIR=$work/tmp GOCACHE=$work/cache GOPATH=$work/gopath \
        GOENV=off GOPROXY=off GOSUMDB=off GOTELEMETRY=off GOTOOLCHAIN=local GOWORK=off LC_ALL=C TZ=UTC \
        GOGC=200 GOMEMLIMIT=1GiB GOMAXPROCS="''${NIX_BUILD_CORES:-0}" GOOS=${port.goos} GOARCH=${port.goarch} \
        ${lib.escapeShellArgs (profiles.environment changes)} \
        bash $makeScript $go/bin/go $work
      mv results $out
    '';
    meta = {
      description = "What std of Go ${release.version} compiles to for ${port.name}";
      homepage = "https://go.dev/";
      license = lib.licenses.bsd3;
      platforms = lib.platforms.linux;
    };
  };
in
if !(hasStd port) then
  throw "gostrap: there is no compiled std for ${port.name}: its programs are linked by a C compiler."
else
  step {
    pname = "go-std-${suffix}";
    inherit release;
    words = [
      "std"
      (sdk changes release port)
      "--results"
      results
    ];
    passthru = _: {
      inherit port results;
    };
    meta = {
      description = "Compiled standard library of Go ${release.version} for ${port.name}";
      mainProgram = "go_cache";
    };
  }
