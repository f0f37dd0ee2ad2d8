#!/usr/bin/env bash
# Another Debian with what gostrap is built from: debian.sh SUITE DIR makes a root of it (trixie, sid) in DIR/root, by
# debootstrap, from the mirror that this machine's apt already uses. Needs root. debian.sh SUITE DIR PACKAGE… makes one with
# these packages instead; SUITE may be Ubuntu's too (noble), whose mirror debootstrap knows. In the root, apt is told what
# this machine's is told about reaching a mirror.
set -euo pipefail

# shellcheck source=tests/lib/debian-mirror.sh
. "$(dirname "${BASH_SOURCE[0]}")/debian-mirror.sh"
suite=$1
dir=$(mkdir -p "$2" && cd "$2" && pwd)
packages=(g++ cmake ninja-build pkg-config libarchive-dev nlohmann-json3-dev libcurl4-openssl-dev libcxxopts-dev libelf-dev
  libgit2-dev libicu-dev libmicrohttpd-dev libssl-dev libutf8proc-dev libzstd-dev)
[ $# = 2 ] || packages=("${@:3}")
[ "$(cat "$dir/done" 2>/dev/null)" != "${packages[*]}" ] || exit 0
rm -rf "$dir/root" "$dir/done"
options=(--variant=minbase "--include=$(IFS=, && echo "${packages[*]}")")
case $suite in
  noble | resolute) # debootstrap itself knows a mirror
    mirror='' like=gutsy updates=$suite-updates
    options+=("--components=main,universe") ;;
  *) mirror=$(debian_mirror) like=sid updates='' ;;
esac
# debootstrap knows the suites of its time: all newer ones are made as an older one is
script=/usr/share/debootstrap/scripts/$suite
[ -e "$script" ] || script=${script%/*}/$like
debootstrap "${options[@]}" "$suite" "$dir/root" "$mirror" "$script" >"$dir/log" 2>&1 ||
  { tail -n 20 "$dir/log" >&2 && exit 1; }
[ -z "$updates" ] || sed -i "p; s/ $suite / $updates /" "$dir/root/etc/apt/sources.list"
rm -rf "$dir/root/var/cache/apt/archives"
apt-config dump | grep -E '^Acquire::(Check-|https?:)' | grep -v '://[^/]*@' >"$dir/root/etc/apt/apt.conf.d/99mirror" || true
printf '%s\n' "${packages[*]}" >"$dir/done"
