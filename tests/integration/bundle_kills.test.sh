#!/usr/bin/env bash
# kill -9 at 50 points of an install: what is there is whole, and the next run finishes and clears up.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/bundles.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/bundles.sh"
requires strace perl
small_store
create "$T/go.tar.zst" riscv64 --host --source --modules "$T/tree"
mv "$store" "$T/good"
cp -r "$T/good" "$T/known"

# How often one thread makes the system call; strace counts for each thread by itself.
count() {
  strace -f -qq -e "trace=$1" -o "$T/trace" "$GOSTRAP" bundle install "$T/go.tar.zst" >/dev/null 2>&1
  awk '{ if (++calls[$1] > most) most = calls[$1] } END { print most + 0 }' "$T/trace"
}
wipe() { chmod -R u+w "$store" 2>/dev/null || true; rm -rf "$store"; }

# What has a name in the store is what was bundled.
expect_whole() {
  local path name
  for path in "$store"/*-*; do
    [ -d "$path" ] || continue
    case $path in
      *-tree) diff -r "$T/tree" "$path" ;;
      *) name=${path##*/} && diff -r "$T/good"/*-"${name#*-}" "$path" ;;  # unsigned: by the hash of its contents
    esac || fail "a half entry after a kill at $1"
  done
}

points=0
for call in openat mkdirat linkat chmod rename write flock symlinkat close; do
  wipe
  all=$(count "$call") || fail "the install itself"
  [ "$all" -gt 0 ] || continue
  steps=9
  [ "$all" -ge "$steps" ] || steps=$all
  for ((i = 1; i <= steps; i++)); do
    wipe
    at=$((all * i / steps))
    kill_at -f "$call" "$at" bundle install "$T/go.tar.zst"
    [ "$status" = 137 ] || continue # the work is not shared out in the same way each time
    points=$((points + 1))
    expect_whole "$call $at"
    expect_exit 0 "$GOSTRAP" bundle install "$T/go.tar.zst"
    expect_whole "$call $at, then again"
    expect_equal "entries after $call $at" 4 "$(find "$store" -maxdepth 1 -name '*-*' -type d | wc -l)"
    expect_equal "left-overs after $call $at" "" \
      "$(find "$store" -maxdepth 2 \( -name '.*' -o -name '*.tmp' -o -path "$store/work/*" \) -not -path "$store")"
  done
done
[ "$points" -ge 50 ] || fail "it was killed at $points points only"
ok "killed at $points points: nothing half, and the next run finishes"

# An entry that was whole is not made again.
wipe
expect_exit 0 "$GOSTRAP" bundle install "$T/go.tar.zst"
touched=$(stat -c %i "$store"/*-go1.99.0-source)
chmod -R u+w "$store"/*-sdk-linux-riscv64 && rm -rf "$store"/*-sdk-linux-riscv64
expect_exit 0 "$GOSTRAP" bundle install "$T/go.tar.zst"
expect_equal "the source's inode" "$touched" "$(stat -c %i "$store"/*-go1.99.0-source)"
expect_whole "removal"
ok "what was complete stays, the rest is made from it and the bundle"

# Files that a stay-behind gives to the others are checked before they are shared.
chmod -R u+w "$store"/*-sdk-linux-riscv64 && rm -rf "$store"/*-sdk-linux-riscv64
host=$(find "$store" -maxdepth 1 -name "*-host-$own_dashed")
chmod u+w "$host/share/go/doc" "$host/share/go/doc/go_spec.html"
echo changed >"$host/share/go/doc/go_spec.html"
expect_exit 2 "$GOSTRAP" bundle install "$T/go.tar.zst"
expect_match 'go_spec.html is not what the bundle has there' "$T/err"
ok "a damaged entry is not shared from"

# Two at a time do it once.
wipe
"$GOSTRAP" bundle install "$T/go.tar.zst" >/dev/null 2>&1 &
one=$!
"$GOSTRAP" bundle install "$T/go.tar.zst" >/dev/null 2>&1 &
two=$!
wait "$one"
wait "$two"
expect_whole "two at a time"
ok "two at a time do not harm each other"

expect_exit 0 "$GOSTRAP" bundle install "$T/go.tar.zst" --to "$T/alone"
for round in 1 2 3; do
  pids=()
  for _ in 1 2 3 4; do
    "$GOSTRAP" bundle install "$T/go.tar.zst" --to "$T/plain" >"$T/out" 2>"$T/err" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || { cat "$T/err" && fail "one of four at once, round $round"; }; done
  diff -r --no-dereference --exclude='*.provenance.json' "$T/alone" "$T/plain"
  chmod -R u+w "$T/plain" && rm -r "$T/plain"
done
ok "four at a time into one plain directory"

# A full disk, an interrupt
wipe
mkdir -p "$T/readonly"
expect_exit 2 "$GOSTRAP" bundle install "$T/go.tar.zst" --to /proc/nowhere
expect_match 'cannot' "$T/err"
mkfifo "$T/silent"
exec 9<>"$T/silent"
head -c 3000 "$T/go.tar.zst" >&9
env --default-signal=INT "$GOSTRAP" bundle install - --to "$T/interrupted" <"$T/silent" >"$T/out" 2>"$T/err" 9>&- &
pid=$!
# drained: whether what the pipe held has been read
drained() { perl -e 'open my $pipe, "<&=", 9 or die; my $left = pack "i", 0; ioctl $pipe, 0x541B, $left or die; exit unpack("i", $left) != 0'; }
until_true drained
kill -INT "$pid"
ended 130
expect_match '^gostrap: interrupted' "$T/err"
expect_equal "what an interrupted run left" "" "$(ls -A "$T/interrupted" 2>/dev/null)"
ok "an interrupt ends the waiting for a silent pipe"
