# shellcheck shell=bash
# Sourced by quickstart: packages by apt, on Debian, Ubuntu and what is made from them.
: "${cache:?where quickstart keeps things}"

os_release() { sed -n "s/^$1=//p" /etc/os-release | tr -d '"'; }
ubuntu=$(os_release UBUNTU_CODENAME 2>/dev/null || true)
# Debian 12's own libgit2 cannot fetch at depth 1, and its Go is too old to start from: backports has both.
codename=$(os_release VERSION_CODENAME 2>/dev/null || true)

# apt with lists, cache and further sources of its own, so that nothing under /etc/apt or /var/lib/apt changes.
private_apt() { APT_CONFIG=$cache/apt/conf "$@"; }

# The mirror of the machine's own sources; apt knows which one it is once it has fetched an index from it.
mirror() {
  local of=('Origin: Debian' 'Label: Debian')
  [ -z "$ubuntu" ] || of=('Origin: Ubuntu' "Suite: $ubuntu")
  # shellcheck disable=SC2016 # apt's own variable
  private_apt apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "${of[@]}" | sed -n 1p
}

# further_source TYPE URI SUITE COMPONENT…: apt wants the same options in all lines about one suite, so those of a suite that
# the machine has are the machine's. An index of sources may be old, as it is on a frozen mirror: what is taken from
# there is checked against our pin.
further_source() {
  local type=$1 uri=$2 suite=$3 options='' own maker=debian
  [ -z "$ubuntu" ] || maker=ubuntu
  shift 3
  # shellcheck disable=SC2016 # apt's own variable, as it stands where there is no key
  local none='key $(SIGNED_BY)'
  own=$(private_apt apt-get indextargets --format "$none" "Repo-URI: $uri" "Release: $suite" | sed -n 1p)
  if [ -z "$own" ]; then
    options=" signed-by=/usr/share/keyrings/$maker-archive-keyring.gpg"
    [ "$type" = deb ] || options+=' check-valid-until=no'
  elif [ "$own" != "$none" ]; then
    options=" signed-by=${own#key }"
  fi
  printf '%s\n' "$type${options:+ [$options ]} $uri $suite $*"
}

# The suites beside those of the machine: where there is newer, or the source of Go.
further_sources() {
  local suite
  if [ -n "$ubuntu" ]; then
    for suite in "$ubuntu" "$ubuntu-updates"; do further_source deb-src "$1" "$suite" main universe; done
  else
    [ "$codename" != bookworm ] || further_source deb "$1" bookworm-backports main
    for suite in trixie sid; do further_source deb-src "$1" "$suite" main; done
  fi
}

# Reads the lists of the machine's own sources, and of the suites beside them.
refresh_apt() {
  local apt=$cache/apt uri further
  # a home may have moved, and its cache with it
  if grep -qsF "\"$apt/lists\"" "$apt/conf" && [ -n "$(find "$apt/fresh" -mmin -60 2>/dev/null)" ]; then return 0; fi
  rm -rf "$apt/machine"
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/install/archives/partial" "$apt/machine"
  : >"$apt/sources.list"
  find /etc/apt/sources.list /etc/apt/sources.list.d \( -name '*.list' -o -name '*.sources' \) \
    -exec ln -s -t "$apt/machine" {} + 2>/dev/null || true
  cat >"$apt/conf" <<CONF
Dir::Etc::SourceList "$apt/sources.list";
Dir::Etc::SourceParts "$apt/machine";
Dir::State::Lists "$apt/lists";
Dir::Cache "$apt/cache";
APT::Sandbox::User "root";
APT::Install-Recommends "false";
APT::Keep-Downloaded-Packages "false";
Acquire::Languages "none";
CONF
  private_apt apt-get -qq update || return 1
  uri=$(mirror)
  [ -n "$uri" ] || { echo "No source of apt here is Debian's or Ubuntu's: see /etc/apt/sources.list.d." && return 1; }
  further=$(further_sources "$uri")
  printf '%s\n' "$further" >"$apt/sources.list"
  private_apt apt-get -qq update && touch "$apt/fresh"
}

# Debian and Ubuntu have a Go under its own name that is newer than golang-go, or beside one that is too old.
newest_go_package() {
  private_apt apt-cache policy golang-1.{40..23}-go golang-go 2>/dev/null |
    awk '/^golang/ { p = $1 } $1 == "Candidate:" && $2 != "(none)" && !n++ { sub(/:$/, "", p); print p }'
}

# As root, with a cache of its own: the other one is the user's.
apt_install() {
  as_root env "APT_CONFIG=$cache/apt/conf" DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
    -o "Dir::Cache=$cache/apt/install" -o Dpkg::Use-Pty=0 install "$@"
}

install_by_apt() {
  local package plain=() newer=()
  phase "Reading the package lists" refresh_apt
  for package in "$@"; do
    [ "$package" != golang-go ] || package=$(newest_go_package)
    case $codename:$package in
      bookworm:libgit2-dev | bookworm:golang-1.*-go) newer+=("$package") ;;
      *) plain+=("$package") ;;
    esac
  done
  [ ${#plain[@]} = 0 ] || phase "Installing ${plain[*]}" apt_install "${plain[@]}"
  [ ${#newer[@]} = 0 ] || phase "Installing ${newer[*]} (backports)" apt_install -t bookworm-backports "${newer[@]}"
}
