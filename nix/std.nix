# What std's packages compile to with an SDK, for the go command's build cache: with it the first build takes a second.
{
  step,
  sdk,
  profiles,
  hasStd,
}:
changes: release: port:
if !(hasStd port) then
  throw "gostrap: there is no compiled std for ${port.name}: its programs are linked by a C compiler."
else
  step {
    pname = "go-std-${port.dashed}${profiles.suffix changes}";
    inherit release;
    words = [
      "std"
      (sdk changes release port)
    ];
    passthru = _: {
      inherit port;
    };
    meta = {
      description = "Compiled standard library of Go ${release.version} for ${port.name}";
      mainProgram = "go_cache";
    };
  }
