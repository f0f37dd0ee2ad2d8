# The packages whose programs an SDK's exec wrapper looks for on PATH. An SDK does not refer to them: its bits are the
# same wherever its runner comes from.
{ lib, pkgs, ownPort }:
port:
let
  native = port == ownPort || (port.name == "linux/386" && ownPort.name == "linux/amd64");
in
lib.optional (port.goos == "linux" && !native) pkgs.qemu-user
++ lib.optional (port.goarch == "wasm") pkgs.nodejs
