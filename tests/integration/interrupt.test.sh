#!/usr/bin/env bash
# SIGINT, SIGTERM and SIGHUP in every phase: the end within a second, everything that was started gone, nothing half done,
# and the next run goes on from there.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires strace

fake_bootstrap 1.98.0
fake_runners
# Children that do not listen, and one that left its group and session, holding the output open.
fake_release 1.99.0 "
[ -e '$T/go-on' ] || {
  trap '' INT TERM HUP
  setsid sh -c 'trap \"\" TERM; sleep 1000 & sleep 1000' &
  sleep 1000 &
  echo >'$T/started'
  while :; do read -rt 1000 <>'$T/nothing' || :; done
}"
mkfifo "$T/nothing"
milliseconds() { date +%s%3N; }

# interrupted: what must hold after an interrupt.
interrupted() {
  expect_equal "standard output" "" "$(cat "$T/out")"
  expect_match '^gostrap: interrupted$' "$T/err"
  expect_match 'the same command goes on from there' "$T/err"
  expect_equal "processes" "" "$(processes)"
  expect_clean_store
}

# A machine that is busy with other things may take its time, though not every time.
quickest=100000
for signal in INT TERM HUP; do
  rm -f "$T/started"
  start build riscv64 --release 1.99.0
  until_true test -e "$T/started"
  before=$(milliseconds)
  kill "-$signal" "$pid"
  ended 130
  took=$(($(milliseconds) - before))
  [ "$took" -ge "$quickest" ] || quickest=$took
  interrupted
  expect_equal "host toolchains" "" "$(find "$store" -maxdepth 1 -name '*host*')"
  ok "SIG$signal during make.bash ends it after $took ms"
done
[ "$quickest" -lt 1000 ] || fail "it never ended within a second"

touch "$T/go-on"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
expect_no_match 'go1.99.0-source: step' "$T/err"
ok "the next run goes on from what was finished"

# The other phases are over too soon to be hit by hand: strace sends the signal at a system call
# (of the one thread that -j 1 leaves).
# during SIGNAL SYSCALL NUMBER
during() {
  rm -rf "$T/seen"
  env --default-signal=INT,TERM,HUP ASAN_OPTIONS=detect_leaks=0 strace -qq -o "$T/seen" -e "trace=$2" \
    -e "inject=$2:signal=$1:when=$3" "$GOSTRAP" build riscv64 --release 1.99.0 -j 1 >"$T/out" 2>"$T/err" && status=0 || status=$?
}
for point in INT:mkdirat:5 TERM:mkdirat:9 HUP:rename:1 INT:link:3 TERM:link:30 HUP:link:60; do
  IFS=: read -r signal call number <<<"$point"
  chmod -R u+w "$store" && rm -rf "$store"
  during "$signal" "$call" "$number"
  expect_equal "exit status of SIG$signal at $call number $number" 130 "$status"
  interrupted
done
ok "signals while the source is written, entries are renamed and files are linked"

expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
expect_clean_store
ok "the next run finishes"

# Waiting for another gostrap is a phase too.
rm "$T/go-on" "$T/started"
start build riscv64 --release 1.99.0 --store "$T/other"
until_true test -e "$T/started"
first=$pid
start build riscv64 --release 1.99.0 --store "$T/other"
until_true grep -q 'waiting for it' "$T/err"
kill -INT "$pid"
ended 130
kill -0 "$first" || fail "the other one ended too"
pid=$first
kill -INT "$pid"
ended 130
ok "one that waits for another gostrap can be interrupted, and the other goes on"

# What is started with a signal switched off keeps it so.
rm "$T/started"
(trap '' HUP && exec "$GOSTRAP" build riscv64 --release 1.99.0 --store "$T/other" >"$T/out" 2>"$T/err") &
pid=$!
until_true test -e "$T/started"
kill -HUP "$pid"
kill -TERM "$pid"
ended 130
rm "$T/started"
(trap '' HUP && exec "$GOSTRAP" build riscv64 --release 1.99.0 --store "$T/other" >"$T/out" 2>"$T/err") &
pid=$!
until_true test -e "$T/started"
kill -HUP "$pid"
touch "$T/go-on"
for process in /proc/[0-9]*; do
  if grep -qsa "GOCACHE=$T/other" "$process/environ" && grep -qsa 'make.bash' "$process/cmdline"; then kill -9 "${process#/proc/}" 2>/dev/null || true; fi
done
ended 2
expect_match 'killed by signal 9' "$T/err"
ok "nohup's SIGHUP does not end it"
