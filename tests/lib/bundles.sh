# shellcheck shell=bash
# Sourced after fake-go.sh by tests of bundles: two small outputs in the store, and a plain tree.

# small_store: go1.99.0's host toolchain and its SDK for riscv64 in $store, $T/tree, and $T/key with $T/key.pub.
small_store() {
  fake_bootstrap 1.98.0
  fake_runners
  fake_release 1.99.0
  "$GOSTRAP" build riscv64 --release 1.99.0 >/dev/null 2>&1
  mkdir -p "$T/tree/dir"
  echo one >"$T/tree/a"
  echo one >"$T/tree/dir/same"
  echo two >"$T/tree/dir/b"
  perl -e 'srand 1; print pack "C*", map { int rand 256 } 1 .. 50_000' >"$T/tree/noise"
  ln -s ../a "$T/tree/dir/link"
  printf '#!/bin/sh\n' >"$T/tree/run"
  chmod +x "$T/tree/run"
  "$GOSTRAP" key "$T/key" >"$T/fingerprint"
}

# create FILE WORD…: a bundle of the small store.
create() { "$GOSTRAP" bundle create "${@:2}" --release 1.99.0 --out "$1" 2>"$T/create.err" >/dev/null || { cat "$T/create.err" && fail "bundle create $*"; }; }

# elsewhere COMMAND…: as on a machine that has nothing yet: another home, without the releases of this one.
elsewhere() { env HOME="$T/elsewhere" XDG_DATA_HOME= XDG_CONFIG_HOME= "$@"; }
# shellcheck disable=SC2034 # for the tests
readonly other_store=$T/elsewhere/.local/share/gostrap/store
