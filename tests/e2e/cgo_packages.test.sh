#!/usr/bin/env bash
# Debian's Go packages that have C, for linux/arm64: with a library of C that the SDK's own compiler has made in a sysroot, they
# pass their own tests under QEMU. cgo_packages.all.sh has the other ports and ways to link, and more packages.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/real-go.sh"
# shellcheck source=tests/lib/c-packages.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/c-packages.sh"
requires aarch64-linux-gnu-gcc aarch64-linux-gnu-g++ qemu-aarch64 tclsh make
export GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS=-buildvcs=false GOCACHE=${GOSTRAP_TEST_GOCACHE:-$T/cache}
cd "$T"

sdk=$(build 1.24.4 arm64 --cgo)
sqlite_into "$sdk" "$T/root" aarch64-linux-gnu
sdk=$(build 1.24.4 arm64 --sysroot "$T/root")
passes_tests_of_sqlite "$sdk"
"$sdk/bin/go" test -c -tags libsqlite3 -o sqlite.test github.com/mattn/go-sqlite3
expect_exit 0 "$GOSTRAP" inspect sqlite.test --expect dynamic,cgo,glibc,needs=libsqlite3.so.0,linux/arm64
ok "go-sqlite3 passes its tests, with Debian's sqlite compiled by the SDK"

passes_tests_of_lmdb "$sdk"
ok "lmdb-go, which has LMDB's C in it, passes its tests"
