#!/usr/bin/env bash
# A quota: the kernel says it as it says a full disk, in other words. strace answers in its place, to the one thread
# that -j 1 leaves.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires strace

fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0

points=0
for point in mkdirat:3 mkdir:6 rename:1 mkdirat:20; do  # not write: sanitizers write for reasons of their own
  chmod -R u+w "$store" 2>/dev/null || true
  rm -rf "$store"
  ASAN_OPTIONS=detect_leaks=0 strace -qq -o /dev/null -e "trace=${point%:*}" -e "inject=${point%:*}:error=EDQUOT:when=${point#*:}" \
    "$GOSTRAP" build riscv64 --release 1.99.0 -j 1 >"$T/out" 2>"$T/err" </dev/null && status=0 || status=$?
  [ "$status" != 0 ] || continue  # it does not make so many of these calls, or could do without
  points=$((points + 1))
  [ "$status" = 2 ] || { cat "$T/err" && fail "exit status $status with a quota at $point"; }
  expect_match '^gostrap: cannot .*: Disk quota exceeded$' "$T/err"
  expect_match 'Free some space there, or name another place \(--store DIR, --out DIR\), and run the same command again' "$T/err"
  expect_sound_store
  expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
  expect_clean_store
done
[ "$points" -ge 2 ] || fail "the quota was met at $points points only"
ok "a quota at $points system calls: the place, what to do, and the next run finishes"
