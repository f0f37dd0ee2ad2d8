#!/usr/bin/env bash
# Without a HOME, and with directories of the XDG specification that are none.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_release 1.99.0
unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME GOSTRAP_STORE
homeless() { env -u HOME "$@"; }

empty() { env HOME= "$@"; }

for home in homeless empty; do
  expect_exit 2 "$home" "$GOSTRAP" list
  expect_match 'cannot find the place of the store: HOME is not set' "$T/err"
  expect_match '\-\-store DIR, or GOSTRAP_STORE=DIR' "$T/err"
  expect_exit 1 "$home" "$GOSTRAP" doctor
  expect_match 'stops   store: HOME is not set' "$T/out"
  expect_match 'careful HOME: not set: go commands have no place' "$T/out"
done
expect_exit 2 env HOME=relative "$GOSTRAP" list
expect_match 'HOME is relative, which is no absolute path' "$T/err"
expect_exit 0 homeless "$GOSTRAP" list --store "$T/named"
expect_exit 0 homeless "$GOSTRAP" release list
expect_exit 2 homeless "$GOSTRAP" release add 1.99.1 --index "$T/index.json" --from "$(source_of 1.99.0)"
expect_exit 0 homeless env GOSTRAP_STORE="$T/named" "$GOSTRAP" list
expect_exit 0 homeless env XDG_DATA_HOME="$T/data" "$GOSTRAP" list
ok "without a HOME what needs one says so, with the other way; the rest works"

cd "$T"
expect_exit 0 env XDG_DATA_HOME=relative XDG_CONFIG_HOME=./also "$GOSTRAP" build riscv64 --release 1.99.0
[ -d "$store" ] || fail "the store is not in HOME"
if [ -e relative ] || [ -e also ]; then fail "a relative directory was taken"; fi
expect_exit 0 env XDG_DATA_HOME=relative "$GOSTRAP" doctor
expect_match 'careful XDG_DATA_HOME: set to relative, which is no absolute path' "$T/out"
ok "relative XDG directories are ignored, as their specification wants it"
