#!/usr/bin/env bash
# README's second command on another Debian: tests/run whole on 13, unit and integration tests and one of e2e on unstable, in roots
# that have git and nothing else. The store of toolchains, the archives and Nix's store are this machine's, and stay as they are.
# SUITE… as arguments: these alone.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/fresh-root.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/fresh-root.sh"
requires debootstrap git
: "${GOSTRAP_TEST_STORE:?}" "${GOSTRAP_TEST_ARCHIVES:?}" "${GOSTRAP_TEST_NIX_STORE:?}" "${GOSTRAP_TEST_GOCACHE:?}"
suites=("$@")
[ $# -gt 0 ] || suites=(trixie sid)
export T

# In namespaces of its own, so that nothing stays mounted; in a chroot neither Nix's sandbox nor a user's namespace can be made.
# shellcheck disable=SC2016 # for the shell within
readonly become='
set -e
root=$1 && shift
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
# a directory that is written on top, and is this machine'\''s below
share() {
  mkdir -p "$root$2" "$T/written/$1" "$T/work/$1"
  mount -t overlay -o "lowerdir=$3,upperdir=$T/written/$1,workdir=$T/work/$1" overlay "$root$2"
}
cache=/root/.cache/gostrap
share store $cache/test-store "$GOSTRAP_TEST_STORE"
share archives $cache/archives "$GOSTRAP_TEST_ARCHIVES"
share go-build $cache/go-build "$GOSTRAP_TEST_GOCACHE"
share nix $cache/nix-store "$GOSTRAP_TEST_NIX_STORE"
rm -rf "$root$cache/nix-store/ccache" # whose group has another number there
mkdir -p "$root/.machine"
cd "$root"
pivot_root . .machine
umount -l /.machine
exec /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root "$@"
'
in_root() { unshare --mount --pid --fork bash -c "$become" become "$root" "$@"; }

run_tests() { # SUITE
  if [ "$1" != sid ]; then
    in_root /root/gostrap/tests/run
  else
    in_root /root/gostrap/tests/run unit integration &&
      in_root env GOSTRAP_TEST_STORE=/root/.cache/gostrap/test-store GOSTRAP_TEST_ARCHIVES=/root/.cache/gostrap/archives \
        ctest --test-dir /root/gostrap/build/tests --output-on-failure --no-tests=error -R '^e2e/sdk$'
  fi
}

tried=0
for suite in "${suites[@]}"; do
  has_fresh_root "$suite" || continue
  fresh_root "$suite"
  in_root git -c advice.detachedHead=false -c init.defaultBranch=main clone -q /gostrap.bundle /root/gostrap
  run_tests "$suite" 2>&1 | tee "$T/$suite.log" || fail "tests/run fails on $suite"
  ok "$system: $(grep ' tests failed out of' "$T/$suite.log" | tr '\n' ' ')"
  rm -rf "$root" "$T/written" "$T/work"
  tried=$((tried + 1))
done
[ $tried -gt 0 ] || fail "there is not one root"
