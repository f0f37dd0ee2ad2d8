#!/bin/sh
# Runs a @port@ program with QEMU's user-mode emulation; cmd/go calls it for go run and go test.
@libraries@
for gostrap_qemu in @qemu@ @qemu@-static; do
  if command -v "$gostrap_qemu" >/dev/null 2>&1; then exec "$gostrap_qemu" "$@"; fi
done
# The kernel may know an emulator that is not on PATH (binfmt_misc).
if [ -e /proc/sys/fs/binfmt_misc/qemu-@machine@ ]; then exec "$@"; fi
echo "@wrapper@: @qemu@ is not on PATH: install QEMU's user-mode emulation (Debian: apt-get install qemu-user; Nix: pkgs.qemu-user)" >&2
exit 2
