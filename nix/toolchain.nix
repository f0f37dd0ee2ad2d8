# The toolchain of a release that runs on a port: compiled by the host toolchain, without a make.bash of its own.
{
  step,
  host,
  profiles,
}:
changes: release: port:
step {
  pname = "go-toolchain-${port.dashed}${profiles.suffix changes}";
  inherit release;
  words = [
    "toolchain"
    port.name
    "--host"
    (host changes release)
  ];
  requiredSystemFeatures = [ "big-parallel" ];
  passthru = _: {
    inherit port;
    host = host changes release;
  };
  meta.description = "Go ${release.version} that runs on ${port.name}";
}
