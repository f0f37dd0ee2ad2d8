# shellcheck shell=bash
# Sourced after preamble.sh by tests that need a fresh Debian or Ubuntu: roots that have git and nothing else.
debians=${GOSTRAP_TEST_DEBIANS:?the directory of what tests/lib/debian.sh makes, see tests/run}

# has_fresh_root SUITE: says so where there is none. A mirror may lack the others, not Debian 13.
has_fresh_root() {
  local made=$debians/fresh-$1
  [ ! -e "$made/done" ] || return 0
  [ "$1" != trixie ] || fail "there is no $made: tests/lib/debian.sh trixie $made ca-certificates git makes it"
  echo "SKIP: $1: there is no $made, which tests/lib/debian.sh makes where a mirror has that suite"
  return 1
}

# fresh_root SUITE: a copy, which reaches the network as this machine does and has the checkout's last commit in /gostrap.bundle;
# $root is it, and $system what it calls itself.
fresh_root() {
  root=$T/$1
  cp -a "$debians/fresh-$1/root" "$root"
  git -C "$GOSTRAP_SOURCE_DIR" bundle create -q "$root/gostrap.bundle" HEAD
  cp /etc/resolv.conf /etc/hosts "$root/etc/"
  # shellcheck disable=SC2034 # for the tests
  system=$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' "$root/etc/os-release")
}
