#!/usr/bin/env bash
# Debian 13's Nix on Debian 12: newer-nix.sh DIR unpacks it and its libraries into DIR, so that DIR/bin/nix runs.
set -euo pipefail
# shellcheck source=tests/lib/debian-13.sh
. "$(dirname "${BASH_SOURCE[0]}")/debian-13.sh"

dir=$(mkdir -p "$1" && cd "$1" && pwd)
[ ! -x "$dir/bin/nix" ] || exit 0
rm -rf "$dir/root"
debian_13 "$dir/apt" "$(dpkg --print-architecture)"

# only what the program loads
mapfile -t packages < <(apt-get -qq -s install nix-bin | awk '/^Inst/ { print $2 }' |
  grep -E '^(lib|nix-bin$|zlib1g|gcc-|libc6)' | grep -vE 'perl|^libc-bin|^libc-l10n')
unpack_debs "$dir/apt" "$dir/root" "${packages[@]}" patchelf

libraries=$dir/root/usr/lib/$(uname -m)-linux-gnu
loader=$(find "$libraries" -name 'ld-linux-*.so.*' | sed -n 1p)
mkdir -p "$dir/bin"
"$loader" --library-path "$libraries" "$dir/root/usr/bin/patchelf" --set-interpreter "$loader" --force-rpath \
  --set-rpath "$libraries" --output "$dir/bin/.nix" "$dir/root/usr/bin/nix"
chmod +x "$dir/bin/.nix"
for name in nix-build nix-store nix-instantiate nix-shell nix-daemon nix-hash; do ln -sf nix "$dir/bin/$name"; done
rm -rf "$dir/apt"
mv "$dir/bin/.nix" "$dir/bin/nix"
