#!/usr/bin/env bash
# Bundles made by somebody who means us harm: each is refused for its own reason, nothing is written outside of where it
# belongs, and nothing of an entry that is not whole. tests/lib/hostile-bundles.pl makes them.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/bundles.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/bundles.sh"
requires zstd perl
small_store
create "$T/good.tar.zst" riscv64 --host --modules "$T/tree"
zstd -q -d "$T/good.tar.zst" -o "$T/good.tar"
mkdir "$T/hostile"
made=$(perl "$GOSTRAP_SOURCE_DIR/tests/lib/hostile-bundles.pl" "$T/good.tar" "$T/hostile")
[ "$made" -ge 60 ] || fail "only $made bundles were made"

# What the good one gives, to hold against what is left of a bad one.
expect_exit 0 "$GOSTRAP" bundle install "$T/good.tar.zst" --to "$T/good"
: >"$T/canary"

# what is new outside of the box, but for what this test writes itself
elsewhere_new() {
  (cd "$T" && find . -mindepth 1 -path ./box -prune -o -newer "$T/canary" -print | sed '/^\.\/\(out\|err\|reasons\)$/d; /^\.$/d' | sort)
}

# refused FILE WORD…: what it leaves in $T/box is whole, and there is nothing anywhere else.
refused() {
  local file=$1 left
  mkdir -p "$T/box"
  expect_exit 2 "$GOSTRAP" bundle install "$file" "${@:2}"
  expect_no_match 'unforeseen|terminate|Sanitizer' "$T/err"
  expect_no_match "$(printf '[\001-\010\013-\037]')" "$T/err"
  for left in "$T/box"/*; do
    [ -e "$left" ] || continue
    case $left in
      *.provenance.json) [ -d "${left%.provenance.json}" ] || fail "$file left $left" ;;
      *) diff -r "$T/good/${left##*/}" "$left" || fail "$file left $left" ;;
    esac
  done
  expect_equal "what $file left besides" "" "$(find "$T/box" -maxdepth 1 -name '.*' -not -path "$T/box")"
  expect_equal "what $file left elsewhere" "" "$(elsewhere_new)"
  [ ! -e /tmp/evil ] || fail "$file wrote to /tmp/evil"
  rm -rf "$T/box"
}

for file in "$T/hostile"/*.tar.zst; do
  name=${file##*/}
  refused "$file" --to "$T/box"
  printf '%s: %s\n' "${name%.tar.zst}" "$(sed '/^gostrap: cannot/!d' "$T/err" | tail -n 1)" >>"$T/reasons"
done
[ -z "${GOSTRAP_TEST_SHOW-}" ] || cat "$T/reasons"
expect_match '^releases-have-millions-of-values: .*more than [0-9]+ values' "$T/reasons"
ok "$made hostile bundles are refused"

# The limits are the user's to move.
expect_exit 2 "$GOSTRAP" bundle install "$T/good.tar.zst" --to "$T/box" --max-entries 20
expect_match 'raise the limit: --max-entries' "$T/err"
expect_exit 2 "$GOSTRAP" bundle install "$T/good.tar.zst" --to "$T/box" --max-bytes 10000
expect_match 'raise the limit: --max-bytes' "$T/err"
expect_exit 2 "$GOSTRAP" bundle install "$T/good.tar.zst" --to "$T/box" --max-depth 1
expect_match 'raise the limit: --max-depth' "$T/err"
expect_exit 0 "$GOSTRAP" bundle install "$T/good.tar.zst" --to "$T/box" --max-entries 100000 --max-depth 20
diff -r "$T/good" "$T/box" -x '*.provenance.json'
rm -rf "$T/box"
ok "names, bytes and depth are bounded, and the bounds can be moved"

# Cut at every kilobyte, and at every byte of its end.
size=$(stat -c %s "$T/good.tar.zst")
cuts=0
for at in $(seq 0 1024 "$size") $(seq $((size - 20)) $((size - 1))); do
  head -c "$at" "$T/good.tar.zst" >"$T/cut.tar.zst"
  expect_exit 2 "$GOSTRAP" bundle install "$T/cut.tar.zst" --to "$T/cut"
  expect_match 'it ends too early|it is not a bundle' "$T/err"
  expect_equal "half entries" "" "$(find "$T/cut" -maxdepth 1 -name '.*' -not -path "$T/cut" 2>/dev/null)"
  cuts=$((cuts + 1))
done
expect_exit 0 "$GOSTRAP" bundle install "$T/good.tar.zst" --to "$T/cut"
diff -r "$T/good" "$T/cut" -x '*.provenance.json'
ok "a bundle that is cut, at $cuts places, is refused, and what came whole before the cut stays for the next run"
