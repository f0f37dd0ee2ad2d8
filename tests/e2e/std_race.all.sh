#!/usr/bin/env bash
# The compiled std beside an SDK that compiles C: nothing of std is compiled again, for programs with C and with -race, for
# vet and for tests.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/real-go.sh"
# shellcheck source=tests/lib/std_c.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/std_c.sh"
requires x86_64-linux-gnu-gcc

words=(amd64 --cgo)
mapfile -t built < <(build 1.24.4 "${words[@]}" --std)
expect_equal "number of outputs" 2 "${#built[@]}"
std=${built[1]}
use "${built[@]}"
expect_match '"c": \{' "$std/share/gostrap/manifest.json"
[ "$(du -sm "$std" | cut -f1)" -le 700 ] || fail "it takes $(du -sh "$std")"
expect_no_match 'interpreter' <(file "$std/bin/go_cache")

expect_equal "std's packages compiled" "" "$(compiled with_std go build -x -trimpath -o "$T/hello" ./hello)"
expect_match 'go_linux_amd64_cc' "$T/err"
expect_exit 0 "$GOSTRAP" inspect "$T/hello" --expect dynamic,cgo,linux/amd64
expect_equal "what it says" "hello OK user: unknown user nobody-of-that-name <nil>" "$("$T/hello")"
expect_equal "std's packages compiled beside C of its own" "" "$(compiled with_std go build -x -o "$T/own" ./own)"
expect_equal "packages vetted" "" "$(compiled with_std go vet -x ./hello)"
ok "with C, and for vet: nothing of std is compiled, and cgo looks at nothing of it"

expect_equal "std's packages compiled with -race" "" "$(compiled with_std go build -x -race -o "$T/racy" ./hello)"
expect_exit 0 "$T/racy"
expect_exit 66 "$T/racy" race
expect_match 'WARNING: DATA RACE'
expect_equal "std's packages compiled for a test with -race" "" "$(compiled with_std go test -x -race ./hello)"
expect_match '^ok[[:space:]]+example.org/m/hello'
ok "with -race neither, and a planted race is found"
