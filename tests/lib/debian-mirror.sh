# shellcheck shell=bash
# debian_mirror: prints the mirror of Debian that this machine's apt already uses, as quickstart found it or as the machine's own
# lists have it.
debian_mirror() {
  local conf mirror
  for conf in "${XDG_CACHE_HOME:-$HOME/.cache}/gostrap/apt/conf" /dev/null; do
    # shellcheck disable=SC2016 # apt's own variable
    mirror=$(APT_CONFIG=$conf apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' |
      sed -n 1p)
    [ -z "$mirror" ] || { printf '%s\n' "$mirror" && return; }
  done
  echo "${0##*/}: apt knows no mirror of Debian" >&2
  return 1
}
