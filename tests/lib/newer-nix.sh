#!/usr/bin/env bash
# Debian 13's Nix on Debian 12: newer-nix.sh DIR unpacks it and its libraries into DIR, so that DIR/bin/nix runs. Nothing
# is installed. The packages come from the mirror that this machine's apt already uses.
set -euo pipefail

dir=$(mkdir -p "$1" && cd "$1" && pwd)
[ ! -x "$dir/bin/nix" ] || exit 0
apt=$dir/apt
rm -rf "$apt" "$dir/root"
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/debs"
: >"$apt/status" # as if no package were installed, so that every library is among those to fetch

# the mirror as quickstart found it, or as the machine's own lists have it
for conf in "${XDG_CACHE_HOME:-$HOME/.cache}/gostrap/apt/conf" /dev/null; do
  # shellcheck disable=SC2016 # apt's own variable
  mirror=$(APT_CONFIG=$conf apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | sed -n 1p)
  [ -z "$mirror" ] || break
done
[ -n "$mirror" ] || { echo "newer-nix.sh: apt knows no mirror of Debian 12" >&2 && exit 1; }

echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$apt/sources.list"
cat >"$apt/conf" <<CONF
Dir::Etc::SourceList "$apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State "$apt";
Dir::State::Lists "$apt/lists";
Dir::State::Status "$apt/status";
Dir::Cache "$apt/cache";
APT::Sandbox::User "root";
APT::Install-Recommends "false";
Acquire::Languages "none";
CONF
export APT_CONFIG=$apt/conf
apt-get -qq update

# only what the program loads: nothing is configured, and no maintainer's script runs
mapfile -t packages < <(apt-get -qq -s install nix-bin | awk '/^Inst/ { print $2 }' |
  grep -E '^(lib|nix-bin$|zlib1g|gcc-|libc6)' | grep -vE 'perl|^libc-bin|^libc-l10n')
(cd "$apt/debs" && apt-get -qq download "${packages[@]}" patchelf)
for deb in "$apt"/debs/*.deb; do dpkg -x "$deb" "$dir/root"; done

libraries=$dir/root/usr/lib/$(uname -m)-linux-gnu
loader=$(find "$libraries" -name 'ld-linux-*.so.*' | sed -n 1p)
mkdir -p "$dir/bin"
"$loader" --library-path "$libraries" "$dir/root/usr/bin/patchelf" --set-interpreter "$loader" --force-rpath \
  --set-rpath "$libraries" --output "$dir/bin/.nix" "$dir/root/usr/bin/nix"
chmod +x "$dir/bin/.nix"
for name in nix-build nix-store nix-instantiate nix-shell nix-daemon nix-hash; do ln -sf nix "$dir/bin/$name"; done
rm -rf "$apt"
mv "$dir/bin/.nix" "$dir/bin/nix"
