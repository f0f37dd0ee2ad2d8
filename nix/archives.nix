# Upstream's own archive of a hosted toolchain, and the files of the toolchain module.
{
  step,
  host,
  profiles,
}:
changes: release: port:
step {
  pname = "go-archives-${port.dashed}${profiles.suffix changes}";
  inherit release;
  words = [
    "archives"
    port.name
    "--host"
    (host changes release)
  ];
  requiredSystemFeatures = [ "big-parallel" ];
  passthru = _: {
    inherit port;
  };
  meta.description = "Archives of Go ${release.version} for ${port.name}, as upstream publishes them";
}
