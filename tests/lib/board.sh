#!/usr/bin/env bash
# What gostrap is compiled against for another machine: board.sh ARCHITECTURE DIR unpacks Debian 13's libraries for it
# (arm64, riscv64) into DIR.
set -euo pipefail
# shellcheck source=tests/lib/debian-13.sh
. "$(dirname "${BASH_SOURCE[0]}")/debian-13.sh"

architecture=$1
dir=$(mkdir -p "$2" && cd "$2" && pwd)
wanted=(libarchive-dev libcurl4-openssl-dev libcxxopts-dev libelf-dev libgit2-dev libmicrohttpd-dev libssl-dev
  libutf8proc-dev libzstd-dev nlohmann-json3-dev doctest-dev libc6-dev)
[ "$(cat "$dir/done" 2>/dev/null)" != "${wanted[*]}" ] || exit 0
rm -rf "$dir/root" "$dir/done"
debian_13 "$dir/apt" "$architecture"
mapfile -t packages < <(apt-get -qq -s install "${wanted[@]}" | awk '/^Inst/ { print $2 }' |
  grep -E '^(lib|nettle|krb5-multidev|zlib1g|nlohmann|doctest|linux-libc)')
unpack_debs "$dir/apt" "$dir/root" "${packages[@]}"
ln -sfn usr/lib "$dir/root/lib"
rm -rf "$dir/apt"
printf '%s\n' "${wanted[*]}" >"$dir/done"
