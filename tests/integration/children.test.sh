#!/usr/bin/env bash
# What a make.bash may do to us: leave children behind, print without end.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0

ways_to_run

fake_release 1.99.0 "
sleep 1000 &
setsid sh -c 'trap \"\" HUP TERM; sleep 1000 & (setsid sleep 1000 &) ; sleep 1000' &
(sleep 1000 >/dev/null 2>&1 &)"
for way in "${ways[@]}"; do
  # shellcheck disable=SC2086
  expect_exit 0 $way "$GOSTRAP" build riscv64 --release 1.99.0 --store "$T/store${#way}"
  expect_equal "processes left behind" "" "$(processes)"
  [ -z "$way" ] || expect_match '"withoutNetwork": false' "$T/store${#way}"/provenance/*-host-*.json
done
ok "children that a build leaves behind end with it (${#ways[@]} ways)"

# shellcheck disable=SC2016
fake_release 1.99.2 'kill -TERM 0; wait'
expect_exit 2 "$GOSTRAP" build riscv64 --release 1.99.2
expect_match 'killed by signal 15' "$T/err"
ok "a make.bash that ends its process group ends nobody else"

fake_release 1.99.1 "
yes '$(printf 'compiling %.0s' {1..99})' | head -c 1000000000
echo
echo >'$T/printed'
until [ -e '$T/measured' ]; do sleep 0.02; done
echo 'this is the end: FAILED'
exit 1"
ASAN_OPTIONS=quarantine_size_mb=8 start build riscv64 --release 1.99.1  # what was given back is not memory taken
until_true test -e "$T/printed"
peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$pid/status")
touch "$T/measured"
ended 2
limit=100000
if grep -qa __asan_init "$GOSTRAP"; then limit=600000; fi
[ "$peak" -lt "$limit" ] || fail "it took $peak kB of memory"
log=$(log_of "go1.99.1-host-$own_dashed")
[ "$(stat -c %s "$log")" -lt 110000000 ] || fail "the log has $(stat -c %s "$log") bytes"
expect_match '^# The log ends here: it is too long\.$' "$log"
expect_match '^    this is the end: FAILED$' "$T/err"
ok "a make.bash that prints 1 GB: memory and log are bounded ($peak kB), the last words are quoted"
