#!/usr/bin/env bash
# list, env, exec and shell: an SDK of the store in use.
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_release 1.99.0

expect_exit 0 "$GOSTRAP" list
expect_match 'is empty: `gostrap build PORT` fills it' "$T/err"
expect_exit 0 "$GOSTRAP" list --json
expect_equal "entries of an empty store" 0 "$(json "$T/out")"
expect_exit 2 "$GOSTRAP" exec riscv64 --release 1.99.0 -- go version
expect_match "Build it: gostrap build linux/riscv64 --release 1.99.0" "$T/err"
[ ! -e "$store" ] || fail "looking made a store"
ok "with an empty store, list and exec say what to do"

expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
sdk=$(entry go1.99.0-sdk-linux-riscv64)
expect_exit 0 "$GOSTRAP" list
expect_equal "entries listed" 3 "$(wc -l <"$T/out")"
expect_match "^sdk go1.99.0 linux/riscv64 +[0-9TZ:-]+  $sdk$" "$T/out"
expect_exit 0 "$GOSTRAP" list --json
expect_equal "entries in --json" 3 "$(json "$T/out")"
expect_equal "the newest" "$sdk" "$(json "$T/out" 0 path)"
expect_equal "its kind" sdk "$(json "$T/out" 0 kind)"
ok "list shows what the store holds, the newest first"

expect_exit 0 "$GOSTRAP" env riscv64 --release 1.99.0
(
  # what the lines must mend
  export GOROOT=/elsewhere GOTOOLDIR=/elsewhere
  eval "$(cat "$T/out")"
  expect_equal "go on PATH" "$sdk/bin/go" "$(command -v go)"
  expect_equal "GOROOT" unset "${GOROOT-unset}"
  expect_equal "GOTOOLCHAIN" local "$GOTOOLCHAIN"
  expect_equal "GOOS and GOARCH" linux/riscv64 "$(go env GOOS)/$(go env GOARCH)"
  expect_equal "the user's GOARCH" arm64 "$(GOARCH=arm64 go env GOARCH)"
)
expect_exit 0 "$GOSTRAP" env riscv64 --release 1.99.0 --json
expect_equal "the SDK in env --json" "$sdk" "$(json "$T/out" sdk)"
ok "env prints lines that put the SDK to use, and the user's GOARCH still wins"

in_sdk() { GOROOT=/elsewhere GOTOOLDIR=/x GOFLAGS=-mine expect_exit "$1" "$GOSTRAP" exec riscv64 --release 1.99.0 -- "${@:2}"; }
in_sdk 7 sh -c 'exit 7'
in_sdk 0 sh -c 'echo "${GOROOT-unset} ${GOTOOLDIR-unset} $GOTOOLCHAIN $GOFLAGS $PATH"'
expect_equal "the environment" "unset unset local -mine $sdk/bin:$PATH" "$(cat "$T/out")"
in_sdk 0 go env GOARCH
expect_equal "standard output of the command alone" riscv64 "$(cat "$T/out")"
in_sdk 3 sh -c 'test "$#" = 2 && test "$2" = --json && exit 3' sh "a b" --json
ok "exec passes words, environment and exit code through, and takes GOROOT away"

in_sdk 127 no-such-program
expect_match 'run no-such-program: there is no such program on PATH' "$T/err"
expect_exit 2 "$GOSTRAP" exec riscv64 --release 1.99.0
expect_match 'the command is missing' "$T/err"
status=0
"$GOSTRAP" exec riscv64 --release 1.99.0 -- sh -c 'kill -TERM $$' || status=$?
expect_equal "exit status after SIGTERM" 143 "$status"
status=0
"$GOSTRAP" exec riscv64 --release 1.99.0 -- yes 2>"$T/err" | head -n 1 >"$T/out" || status=$?
expect_equal "exit status of yes into head" 141 "$status"
expect_equal "its words" "" "$(cat "$T/err")"
ok "the command's signals are its own"

printf '#!/bin/sh\necho "shell: $(command -v go) $*"\nexit 5\n' >"$T/bin/my-shell"
chmod +x "$T/bin/my-shell"
SHELL=$T/bin/my-shell expect_exit 5 "$GOSTRAP" shell riscv64 --release 1.99.0
expect_equal "what the shell sees" "shell: $sdk/bin/go " "$(cat "$T/out")"
expect_match 'go now targets linux/riscv64; .exit. leads back' "$T/err"
ok "shell starts \$SHELL with the SDK first on PATH"
