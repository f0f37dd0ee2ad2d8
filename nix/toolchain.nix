# The toolchain of a release that runs on a port: unpacked from upstream's archive where that fixes its bits, else compiled by
# the host toolchain, without a make.bash of its own.
{
  step,
  releases,
  host,
  unpacked,
  profiles,
}:
changes: release: port:
if changes == profiles.none && releases.isFixed release port then
  unpacked "go-toolchain-${port.dashed}" "Go ${release.version} that runs on ${port.name}" release port
else
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
    };
    meta.description = "Go ${release.version} that runs on ${port.name}";
  }
