#!/usr/bin/env bash
# gostrap compiles, and starts, on Debian 13 and unstable: with their compilers and libraries, in roots made by debootstrap.
# With arguments: on these suites.
if [ -z "${GOSTRAP_TEST_MOUNTS-}" ]; then
  export GOSTRAP_TEST_MOUNTS=no
  if unshare --mount true 2>/dev/null; then GOSTRAP_TEST_MOUNTS=yes exec unshare --mount bash "$0" "$@"; fi
fi
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
requires_mounts
debians=${GOSTRAP_TEST_DEBIANS:?the directory of what tests/lib/debian.sh makes, see tests/run}

# in_root SUITE COMMAND…: the checkout is /source there, and read-only; what is built is in /build.
in_root() {
  local root=$debians/$1/root
  shift
  chroot "$root" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"
}

[ $# -gt 0 ] || set -- trixie sid
for suite in "$@"; do
  root=$debians/$suite/root
  [ -e "$debians/$suite/done" ] || fail "there is no $root: tests/lib/debian.sh $suite $debians/$suite makes it"
  mkdir -p "$root/source" "$root/build" "$T/build-$suite"
  mount --bind "$GOSTRAP_SOURCE_DIR" "$root/source"
  mount -o remount,bind,ro "$root/source"
  mount --bind "$T/build-$suite" "$root/build"
  mount -t proc proc "$root/proc"
  expect_exit 0 in_root "$suite" cmake -S /source -B /build -G Ninja -DGOSTRAP_TESTS=OFF -DCMAKE_BUILD_TYPE=Light \
    -DCMAKE_CXX_FLAGS_LIGHT=-O0
  expect_exit 0 in_root "$suite" ninja -C /build gostrap
  expect_no_match 'warning:' "$T/out"
  expect_exit 0 in_root "$suite" /build/gostrap release list
  expect_match '1\.24\.4' "$T/out"
  expect_exit 0 in_root "$suite" /build/gostrap --version
  ok "$suite: $(in_root "$suite" g++ --version | sed -n 1p), $(in_root "$suite" pkg-config --modversion libgit2 libarchive |
    tr '\n' ' ')cxxopts $(in_root "$suite" pkg-config --modversion cxxopts)"
  umount "$root/proc" "$root/build" "$root/source"
done
