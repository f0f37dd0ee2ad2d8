#!/usr/bin/env bash
# .deb and .rpm, as cpack makes them of what is built here: they name what the program needs, are installed, run, and leave
# nothing behind.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
requires cpack dpkg dpkg-shlibdeps rpm rpmbuild
config=$(dirname "$GOSTRAP")/CPackConfig.cmake
[ -f "$config" ] || fail "there is no $config: the program is to be the one in CMake's build directory"

# gone ROOT: nothing of gostrap's is left there, but for what the package manager itself keeps
gone() { expect_equal "what is left in $1" "" "$(find "$1" -path "$1/var" -prune -o -name '*gostrap*' -print)"; }

expect_exit 0 cpack --config "$config" -G DEB -B "$T/packages"
deb=$(echo "$T"/packages/gostrap_*_"$(dpkg --print-architecture)".deb)
[ -f "$deb" ] || fail "there is no $deb"
for library in libarchive libcurl libelf libgit2 libmicrohttpd libssl libutf8proc libzstd zlib1g 'libstdc..6' libc6; do
  expect_match "(^|, )$library" <(dpkg-deb -f "$deb" Depends)
done
expect_equal "who owns the files" "root/root" "$(dpkg-deb -c "$deb" | awk '{ print $2 }' | sort -u)"
mkdir -p "$T/debian/var/lib/dpkg"/{info,updates}
touch "$T/debian/var/lib/dpkg"/{status,available}
of_debian() { dpkg --root="$T/debian" --log=/dev/null --force-not-root "$@"; }
expect_exit 1 of_debian -i "$deb"
expect_match 'gostrap depends on libgit2' "$T/err"
expect_exit 0 of_debian --force-depends -i "$deb"
expect_exit 0 "$T/debian/usr/bin/gostrap" release list
expect_match '1\.24\.4' "$T/out"
[ -f "$T/debian/usr/share/doc/gostrap/copyright" ] || fail "the licence is missing"
expect_exit 0 of_debian -P gostrap
gone "$T/debian"
ok "$(basename "$deb"): needs the packages of its libraries, is installed, runs, and is removed"

expect_exit 0 cpack --config "$config" -G RPM -B "$T/packages"
rpm=$(echo "$T"/packages/gostrap-*."$(uname -m)".rpm)
[ -f "$rpm" ] || fail "there is no $rpm"
of_rpm() { rpm --root "$T/rpm" --dbpath /var/lib/rpm "$@"; }
mkdir -p "$T/rpm"
expect_exit 0 of_rpm --initdb
expect_exit 1 of_rpm -i "$rpm"
expect_match 'libgit2\.so.* is needed by gostrap' "$T/err"
expect_exit 0 of_rpm -i --nodeps "$rpm"
expect_exit 0 "$T/rpm/usr/bin/gostrap" release list
expect_exit 0 of_rpm -V --nodeps gostrap
expect_exit 0 of_rpm -e gostrap
gone "$T/rpm"
ok "$(basename "$rpm"): the same"
