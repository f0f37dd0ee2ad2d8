#!/usr/bin/env bash
# What a terminal sees: no rewritten lines where TERM says that it cannot, and nobody's words behind a progress line.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires script

fake_bootstrap 1.98.0
fake_release 1.99.0

on_terminal() { # TERM WORDS…: with all three streams on one
  printf -v words '%q ' "$GOSTRAP" "${@:2}"
  TERM=$1 script -qec "$words" "$T/typescript" >"$T/seen" </dev/null || fail "exit status $? of ${*:2}: $(cat "$T/seen")"
}

for term in dumb ''; do
  on_terminal "$term" build riscv64 --release 1.99.0 --store "$T/store-$term"
  if grep -q $'\e' "$T/seen"; then fail "TERM=\"$term\" gets an escape: $(cat -v "$T/seen")"; fi
  expect_match 'go1.99.0-host-.*: step 2 of 3' "$T/seen"
done
ok "with TERM=dumb, or none, progress is plain lines"

on_terminal xterm build riscv64 --release 1.99.0
grep -q $'\e\\[J' "$T/seen" || fail "nothing was rewritten: $(cat -v "$T/seen")"
# what stays on the screen: a line without what was taken back
perl -0777 -ne 's/\r\n/\n/g; 1 while s/[^\n]*\n?[^\n]*\e\[1A\r\e\[J//; s/[^\n]*\r\e\[J//g; print' "$T/seen" >"$T/screen"
expect_match "^$(entry go1.99.0-sdk-linux-riscv64)$" "$T/screen"
perl -pe 's/\r$//' "$T/seen" >"$T/lines"
expect_no_match '^ *: ' "$T/lines"
ok "a path that is printed stands alone on its line"
