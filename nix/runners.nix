# The packages whose programs an SDK's exec wrapper looks for on PATH. An SDK does not refer to them: its bits are the
# same wherever its runner comes from.
{
  lib,
  pkgs,
  ownPort,
}:
rec {
  native = port: port == ownPort || (port.name == "linux/386" && ownPort.name == "linux/amd64");
  packages =
    port:
    lib.optional (port.goos == "linux" && !(native port)) pkgs.qemu-user
    ++ lib.optional (port.goarch == "wasm") pkgs.nodejs;
  # Whether programs of the port run here, so that `go test` can.
  able = port: native port || packages port != [ ];
}
