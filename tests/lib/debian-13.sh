# shellcheck shell=bash
# Debian 13's packages on Debian 12, also those of another architecture: nothing is installed, nothing is configured, no
# maintainer's script runs. They come from the mirror that this machine's apt already uses.

# shellcheck source=tests/lib/debian-mirror.sh
. "$(dirname "${BASH_SOURCE[0]}")/debian-mirror.sh"

# debian_13 DIR ARCHITECTURE: apt with lists, cache and an empty status of its own in DIR, so that every library is among
# what it would fetch. APT_CONFIG is set for the commands that follow.
debian_13() {
  local apt=$1 architecture=$2 mirror
  rm -rf "$apt"
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/debs"
  : >"$apt/status"
  mirror=$(debian_mirror) || return
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
APT::Architecture "$architecture";
APT::Architectures "$architecture";
APT::Sandbox::User "root";
APT::Install-Recommends "false";
Acquire::Languages "none";
CONF
  export APT_CONFIG=$apt/conf
  apt-get -qq update
}

# unpack_debs DIR ROOT PACKAGE…: just these, without what they depend on.
unpack_debs() {
  local apt=$1 root=$2 deb
  shift 2
  (cd "$apt/debs" && apt-get -qq download "$@")
  for deb in "$apt"/debs/*.deb; do dpkg -x "$deb" "$root"; done
}
