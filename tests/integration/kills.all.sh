#!/usr/bin/env bash
# 200 builds killed with -9, half of them at a random moment, half at a random system call, also several times in a row on
# the same store: what is listed is sound each time, the next run finishes and clears up, and its outputs are those of a
# build that nobody disturbed.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires strace

kills=${GOSTRAP_TEST_KILLS:-200}
RANDOM=${GOSTRAP_TEST_SEED:-$RANDOM}
printf 'GOSTRAP_TEST_SEED=%s\n' "$RANDOM"

fake_bootstrap 1.97.0
fake_runners
for version in 1.98.0 1.99.0; do
  fake_release $version 'sleep 1000 & setsid sleep 1000 & for _ in {1..20}; do /bin/true; done'
done
build() { "$GOSTRAP" build riscv64 wasm --release 1.99.0 && "$GOSTRAP" build arm --archives --release 1.99.0; }

milliseconds() { date +%s%3N; }
before=$(milliseconds)
expect_exit 0 build
duration=$(($(milliseconds) - before))
mv "$store" "$T/undisturbed"

# The system calls of a build, one line each.
ASAN_OPTIONS=detect_leaks=0 strace -qq -o "$T/calls" "$GOSTRAP" build riscv64 wasm --release 1.99.0 >/dev/null 2>&1
sed -n 's/^\([a-z0-9_]*\)(.*/\1/p' "$T/calls" | grep -v execve >"$T/names"
calls=$(wc -l <"$T/names")
chmod -R u+w "$store" && rm -rf "$store"

# Each leaves in `status` how the build ended; some end before the moment, or make fewer calls than the one before.
kill_at_a_moment() {
  local moment=$((RANDOM % duration)) words=(riscv64 wasm) victims
  ((RANDOM % 2)) || words=(arm --archives)
  start build "${words[@]}" --release 1.99.0
  sleep "$((moment / 1000)).$(printf '%03d' $((moment % 1000)))"
  victims=("$pid")
  # now and then everything of that name, as killall does
  ((RANDOM % 4)) || mapfile -t -O 1 victims < <(processes | sed -n 's|^/proc/\([0-9]*\) [^ ]*gostrap .*|\1|p')
  kill -9 "${victims[@]}" 2>/dev/null || true
  wait "$pid" 2>/dev/null && status=0 || status=$?
}
kill_at_a_call() {
  local line=$((RANDOM * 32768 + RANDOM)) name number
  line=$((line % calls + 1))
  name=$(sed -n "${line}p" "$T/names")
  number=$(head -n "$line" "$T/names" | grep -cx "$name")
  kill_at "$name" "$number" build riscv64 wasm --release 1.99.0
}

tried=0 killed=0 finished=0
while ((killed < kills)); do
  ((++tried <= 3 * kills)) || fail "of $tried builds $killed were killed"
  if ((tried % 2)); then kill_at_a_moment; else kill_at_a_call; fi
  [ "$status" != 137 ] || killed=$((killed + 1))
  until_true no_processes
  expect_sound_store
  ((RANDOM % 3)) || continue
  finished=$((finished + 1))
  expect_exit 0 build
  expect_clean_store
  for path in "$store"/*-go1.9*; do diff -r "$path" "$T/undisturbed/${path##*/}"; done
  chmod -R u+w "$store" && rm -rf "$store"
done
expect_exit 0 build
expect_clean_store
ok "$killed kills in $tried builds, $((finished + 1)) builds finished afterwards"
