# Upstream's own archive of a hosted toolchain, and the files of the toolchain module.
{
  step,
  host,
  toolchain,
}:
release: port:
step {
  pname = "go-archives-${port.dashed}";
  inherit release;
  words = [
    "archives"
    port.name
    "--host"
    (host release)
    "--toolchain"
    (toolchain release port)
  ];
  passthru = {
    inherit port;
    host = host release;
    toolchain = toolchain release port;
  };
  meta.description = "Archives of Go ${release.version} for ${port.name}, as upstream publishes them";
}
