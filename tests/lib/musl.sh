#!/usr/bin/env bash
# A C cross compiler with musl: musl.sh ARCHITECTURE DIR unpacks Debian 13's musl for it (arm64, riscv64) into DIR, with
# DIR/bin/MACHINE-linux-musl-gcc before Debian's own cross compiler, as musl-tools has it for this machine.
set -euo pipefail
# shellcheck source=tests/lib/debian-13.sh
. "$(dirname "${BASH_SOURCE[0]}")/debian-13.sh"

architecture=$1
dir=$(mkdir -p "$2" && cd "$2" && pwd)
case $architecture in
  arm64) machine=aarch64 ;;
  *) machine=$architecture ;;
esac
[ ! -x "$dir/bin/$machine-linux-musl-gcc" ] || exit 0
rm -rf "$dir/root"
debian_13 "$dir/apt" "$architecture"
unpack_debs "$dir/apt" "$dir/root" musl musl-dev
rm -rf "$dir/apt"

specs=$dir/root/musl-gcc.specs
sed -E "s#/usr/(include|lib)/x86_64-linux-musl#$dir/root/usr/\1/$machine-linux-musl#g; s#ld-musl-x86_64#ld-musl-$machine#" \
  /usr/lib/x86_64-linux-musl/musl-gcc.specs >"$specs"
mkdir -p "$dir/bin"
printf '#!/bin/sh\nexec %s-linux-gnu-gcc "$@" -specs %s\n' "$machine" "'$specs'" >"$dir/bin/musl-gcc"
chmod +x "$dir/bin/musl-gcc"
mv "$dir/bin/musl-gcc" "$dir/bin/$machine-linux-musl-gcc"
