#!/usr/bin/env bash
# Standard streams that are closed or full, and a terminal that goes away.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires script

fake_bootstrap 1.98.0
fake_release 1.99.0 "
[ ! -e '$T/hangs' ] || {
  echo >'$T/started'
  until [ -e '$T/go-on' ]; do sleep 0.02; done
}"

# status_of COMMAND…: its exit status in $status, its words in $T/err
status_of() {
  status=0
  "$@" 2>"$T/err" </dev/null || status=$?
}
status_of "$GOSTRAP" build riscv64 --release 1.99.0 >&-
expect_equal "exit status with standard output closed" 2 "$status"
expect_match '^gostrap: cannot write to standard output: ' "$T/err"
status_of "$GOSTRAP" build riscv64 --release 1.99.0 >/dev/full
expect_equal "exit status with standard output full" 2 "$status"
expect_match 'cannot write to standard output: No space left on device' "$T/err"
for words in --help --version "list" "list --json" "env riscv64 --release 1.99.0" "plan riscv64 --release 1.99.0" \
  "release list" "release show 1.99.0" "build --help"; do
  # shellcheck disable=SC2086
  status_of "$GOSTRAP" $words >/dev/full
  expect_equal "exit status of $words with standard output full" 2 "$status"
  # shellcheck disable=SC2086
  status_of "$GOSTRAP" $words >&-
  expect_equal "exit status of $words with standard output closed" 2 "$status"
  expect_match 'cannot write to standard output' "$T/err"
done
ok "a standard output that is closed or full: exit code 2, with a word"

# A pipe that nobody reads any more, as behind `| head`.
# shellcheck disable=SC2016 # Perl's
status_of perl -e 'pipe my $in, my $out; close $in; open STDOUT, ">&", $out; exec @ARGV' "$GOSTRAP" release list
expect_equal "exit status with a broken pipe" 141 "$status"
expect_equal "what it says" "" "$(cat "$T/err")"
ok "a reader that has had enough: it ends as other programs do, by SIGPIPE and without a word"

# A file that is opened later must not be taken for one of them.
rm -rf "${T:?}/store"
status=0
"$GOSTRAP" build riscv64 --release 1.99.0 --store "$T/store" <&- >&- 2>&- || status=$?
expect_equal "exit status with all three closed" 2 "$status"
if grep -rlF "$T/store" "$T/store" --include='*.go' --include=VERSION; then fail "a file has words of gostrap's in it"; fi
status=0
"$GOSTRAP" verify "$(find "$T/store" -maxdepth 1 -name '*-host-*')" <&- >"$T/out" 2>&- || status=$?
expect_equal "exit status of verify without standard input and error" 0 "$status"
expect_equal "locks that have something in them" "" "$(find "$T/store/locks" -type f -size +0)"
ok "with standard streams closed, nothing else is taken for them"

expect_exit 0 script -qec "$GOSTRAP build riscv64 --release 1.99.0 --store '$T/on-terminal'" /dev/null
expect_match "$T/on-terminal/.*-go1.99.0-sdk-linux-riscv64" "$T/out"
expect_match 'go1.99.0-host-.*done in' "$T/out"
ok "on a terminal it shows a status line"

# The terminal goes away: script(1) is the terminal's other end.
touch "$T/hangs"
script -qec "$GOSTRAP build riscv64 --release 1.99.0 --store '$T/gone'" /dev/null >"$T/out" 2>&1 &
terminal=$!
until_true test -e "$T/started"
kill -9 "$terminal"
until_true no_processes
expect_equal "entries of the store" "go1.99.0-source" \
  "$(find "$T/gone" -maxdepth 1 -name '*-go1.99.0-*' -printf '%f\n' | cut -d- -f2-)"
ok "when its terminal goes away, it ends with all that it started"

rm "$T/started"
script -qec "nohup $GOSTRAP build riscv64 --release 1.99.0 --store '$T/gone' >'$T/nohup.out' 2>&1 </dev/null" /dev/null \
  >"$T/out" 2>&1 &
terminal=$!
until_true test -e "$T/started"
kill -9 "$terminal"
touch "$T/go-on"
until_true no_processes
expect_match "^$T/gone/.*-go1.99.0-sdk-linux-riscv64$" "$T/nohup.out"
ok "with nohup it finishes all the same"
