#!/usr/bin/env bash
# Upstream's source of a package, as Debian has it: debian-source.sh NAME DIR leaves DIR/NAME.orig.tar.xz, and does nothing where
# that is there. It comes through the mirror that this machine's apt already uses, which checks it.
set -euo pipefail
cache=${XDG_CACHE_HOME:-$HOME/.cache}/gostrap
# shellcheck source=tests/lib/apt.sh
. "$(dirname "${BASH_SOURCE[0]}")/apt.sh"

name=$1
dir=$(mkdir -p "$2" && cd "$2" && pwd)
[ ! -f "$dir/$name.orig.tar.xz" ] || exit 0
mkdir -p "$cache"
refresh_apt
download=$(mktemp -d "$dir/.download-XXXXXX")
trap 'rm -rf "$download"' EXIT
# unstable's changes from day to day
suite=/trixie
[ -z "$ubuntu" ] || suite=''
(cd "$download" && private_apt apt-get -qq source --download-only --tar-only "$name$suite")
# beside it there may be others: orig-www
mv "$download/$name"_*.orig.tar.xz "$dir/$name.orig.tar.xz"
