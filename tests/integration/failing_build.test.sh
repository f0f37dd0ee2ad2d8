#!/usr/bin/env bash
# A make.bash that fails: exit code 2, the lines that matter, the log's place; and the next run goes on from there.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_release 1.99.0 "
[ ! -e '$T/fails' ] || { seq -f 'compiling package %g' 5000; echo 'runtime/proc.go:12:3: undefined: nosuch'; echo 'go tool dist: FAILED: exit status 1'; exit 3; }
[ ! -e '$T/dies' ] || kill -SEGV \$\$
[ ! -e '$T/silent' ] || exit 1"
build() { "$GOSTRAP" build riscv64 --release 1.99.0; }
no_host() {
  expect_equal "the store's toolchains" "" "$(find "$store" -maxdepth 1 -name '*host*')"
  expect_equal "the store's work" "" "$(ls -A "$store/work")"
}

touch "$T/fails"
expect_exit 2 build
log=$(log_of "go1.99.0-host-$own_dashed")
expect_equal "standard output" "" "$(cat "$T/out")"
expect_match '^gostrap: cannot build go1.99.0 with go1.98.0: exit status 3; its log ends:$' "$T/err"
expect_match '^    runtime/proc.go:12:3: undefined: nosuch$' "$T/err"
expect_match '^    go tool dist: FAILED: exit status 1$' "$T/err"
expect_no_match 'compiling package' "$T/err"
expect_match "^  The whole log is $log\.$" "$T/err"
expect_match '^compiling package 1$' "$log"
expect_match '^go tool dist: FAILED' "$log"
no_host
ok "a failing make.bash: exit code 2, the telling lines, the log, nothing in the store"

rm "$T/fails" && touch "$T/dies"
expect_exit 2 build
expect_match 'killed by signal 11' "$T/err"
expect_no_match 'compiling package' "$log"
no_host
ok "one that dies by a signal says which, and the log is of the last try only"

rm "$T/dies" && touch "$T/silent"
expect_exit 2 build
expect_match 'exit status 1; its log ends:' "$T/err"
expect_match '^    Building Go toolchain1' "$T/err"
ok "one that says nothing is quoted from its last phase on"

rm "$T/silent"
expect_exit 0 build
expect_no_match 'go1.99.0-source: step' "$T/err"
ok "the next run goes on from what is there"
