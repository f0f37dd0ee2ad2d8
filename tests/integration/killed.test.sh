#!/usr/bin/env bash
# kill -9: what gostrap started dies with it, nothing half done is taken for done, and the next run clears up.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires strace

fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0 "
echo ran >>'$T/runs'
[ -e '$T/go-on' ] || {
  trap '' INT TERM HUP
  setsid sh -c 'sleep 1000 & (setsid sleep 1000 &) ; sleep 1000' &
  sleep 1000 &
  echo >'$T/started'
  while :; do read -rt 1000 <>'$T/nothing' || :; done
}"
mkfifo "$T/nothing"

has_children() { [ "$(processes | grep -c sleep)" -ge 3 ]; }
ways_to_run
for way in "${ways[@]}"; do
  start build riscv64 --release 1.99.0
  until_true test -e "$T/started"
  until_true has_children
  kill -9 "$pid"
  ended 137
  until_true no_processes
  rm "$T/started"
done
unset way
ok "children, those in other sessions too, die with a gostrap that is killed (${#ways[@]} ways)"

# A second gostrap waits for the first; when that is killed, it does the work.
start build riscv64 --release 1.99.0
until_true test -e "$T/started"
first=$pid
start build riscv64 --release 1.99.0
until_true grep -q 'waiting for it' "$T/err"
touch "$T/go-on"
kill -9 "$first"
wait "$first" 2>/dev/null || true
ended 0
expect_clean_store
ok "whoever waits for one that is killed does its work"

# Of the one thread that -j 1 leaves.
points=0
for point in openat:90 mkdirat:9 rename:1 rename:2 rename:4 rename:5 link:40 chmod:60 unlinkat:3 flock:4; do
  chmod -R u+w "$store" && rm -rf "$store"
  kill_at "${point%:*}" "${point#*:}" build riscv64 --release 1.99.0 -j 1
  [ "$status" = 137 ] || continue  # it does not make so many of these calls
  points=$((points + 1))
  until_true no_processes
  expect_sound_store
  expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
  expect_clean_store
done
[ "$points" -ge 7 ] || fail "it was killed at $points points only"
ok "killed at $points system calls: what is listed is sound, the next run finishes and clears up"

# The same for a single step.
before=$(wc -l <"$T/runs")
"$GOSTRAP" source 1.99.0 --out "$T/source-out" >/dev/null 2>&1
rm "$T/go-on" "$T/started"
start host --source "$T/source-out" --bootstrap "$HOME/sdk/go1.98.0" --out "$T/host"
until_true test -e "$T/started"
kill -9 "$pid"
ended 137
until_true no_processes
[ ! -e "$T/host" ] || fail "there is an output"
touch "$T/go-on"
expect_exit 0 "$GOSTRAP" host --source "$T/source-out" --bootstrap "$HOME/sdk/go1.98.0" --out "$T/host"
expect_equal "runs of make.bash" "$((before + 2))" "$(wc -l <"$T/runs")"
expect_equal "left-overs beside the output" "" "$(find "$T" -maxdepth 1 -name '.*')"
expect_equal "left-overs in TMPDIR" "" "$(ls -A "$TMPDIR")"
ok "a single step that was killed leaves nothing that its next run does not clear up"
