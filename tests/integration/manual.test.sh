#!/usr/bin/env bash
# Manual pages: one a verb and a part of one, which man, groff and mandoc read without a complaint.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
requires man groff mandoc

expect_exit 0 "$GOSTRAP" man --all "$T/man/man1"
expect_exit 0 "$GOSTRAP" --help
mapfile -t verbs < <(sed -n 's/^  \([a-z]\+\) .*/\1/p' "$T/out")
[ ${#verbs[@]} -ge 30 ] || fail "--help lists ${#verbs[@]} verbs: ${verbs[*]}"
for verb in "${verbs[@]}" complete bundle-create bundle-diff image-app release-show; do
  [ -f "$T/man/man1/gostrap-$verb.1" ] || fail "there is no page of $verb"
done
[ -f "$T/man/man1/gostrap.1" ] || fail "there is no gostrap.1"
ok "there is a page of every verb, and of the parts of verbs"

for page in "$T"/man/man1/*.1; do
  LC_ALL=C.UTF-8 MANWIDTH=90 man --warnings -l "$page" >"$T/out" 2>"$T/err" </dev/null || fail "man $page: exit status $?"
  expect_equal "what man says of ${page##*/}" "" "$(cat "$T/err")"
  # a page of the same program is always the same: no date
  mandoc -T lint -W warning "$page" >"$T/err" 2>&1 || true
  expect_equal "what mandoc says of ${page##*/}" "" "$(grep -v 'missing date' "$T/err" || true)"
  for section in NAME SYNOPSIS DESCRIPTION 'SEE ALSO'; do expect_match "^$section\$" "$T/out"; done
  expect_no_match '\\(e|-|&|\[)' "$T/out"
done
ok "man and mandoc read every page without a warning"

shown() { # the page as a text without formatting
  expect_exit 0 "$GOSTRAP" man "$@"
  cp "$T/out" "$T/page"
  LC_ALL=C.UTF-8 MANWIDTH=200 MAN_KEEP_FORMATTING='' man -l "$T/page" </dev/null >"$T/shown"
}
shown build
expect_match '^ +gostrap build PORT…\|PATTERN…\|--all \[OPTIONS\]' "$T/shown"
expect_match '^ +-j, --jobs N$' "$T/shown"
expect_match '^ +gostrap build ' "$T/shown"
expect_match 'GOSTRAP_RELEASE' "$T/shown"
shown bundle create
expect_match 'gostrap-bundle-create - puts SDKs of the store' "$T/shown"
expect_match "gostrap bundle create 'linux/\*' --hosted" "$T/shown"
expect_match 'gostrap\(1\), gostrap-bundle\(1\), gostrap-bundle-inspect\(1\)' "$T/shown"
shown bundle
expect_match '^ +bundle create ' "$T/shown"
shown
expect_match 'GOSTRAP_STORE' "$T/shown"
expect_match 'SOURCE_DATE_EPOCH' "$T/shown"
expect_match '^ +130 +interrupted' "$T/shown"
expect_exit 0 "$GOSTRAP" build --help
tr -s ' \n' ' ' <"$T/out" >"$T/help"
shown build
tr -s ' \n' ' ' <"$T/shown" >"$T/page"
while read -r option; do
  expect_match "--$option" "$T/page"
done < <(grep -o -- '--[a-z-]*' "$T/help" | sed 's/^--//' | sort -u)
ok "a page says what --help says: usage, options, examples, and variables and exit codes"

expect_exit 2 "$GOSTRAP" man nonsense
expect_match 'no verb "nonsense"' "$T/err"
expect_exit 2 "$GOSTRAP" man --all "$T/x" build
[ ! -e "$T/x" ] || fail "a refused --all made a directory"
ok "of what is no verb there is no page"
