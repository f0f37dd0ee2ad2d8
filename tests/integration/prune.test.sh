#!/usr/bin/env bash
# prune: what may go, what stays, how much it frees, and what a kill leaves; roots, and what list says of them.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires strace

fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0 "[ ! -e '$T/slow' ] || { echo >'$T/started'; while [ -e '$T/slow' ]; do sleep 0.05; done; }"

# entries: how many the store lists
entries() { "$GOSTRAP" list 2>/dev/null | wc -l; }
# disk: the bytes that the store's entries take, as du counts them
disk() { du -s --block-size=1 "$store" | cut -f1; }
prune() { expect_exit 0 "$GOSTRAP" prune "$@"; }
# older PATH: its entry is three years old from now on
older() { perl -pi -e 's/"made": "[^"]*"/"made": "2023-01-02T03:04:05Z"/' "$store/provenance/${1##*/}.json"; }

prune
expect_match 'There is nothing to remove' "$T/out"
prune --apply --keep 0
[ ! -e "$store" ] || fail "looking made a store"
ok "without a store there is nothing to do, and none is made"

expect_exit 0 "$GOSTRAP" build riscv64 arm64 --release 1.99.0
riscv64=$(entry go1.99.0-sdk-linux-riscv64)
arm64=$(entry go1.99.0-sdk-linux-arm64)
host=$(entry "go1.99.0-host-$own_dashed")
source=$(entry go1.99.0-source)
prune
expect_match 'There is nothing to remove' "$T/out"
expect_match "stays +host go1.99.0 .*\(the newest\)  $host" "$T/out"
before=$(find "$store" | sort)
prune --keep 0
expect_match "would go +sdk go1.99.0 linux/riscv64 .*  $riscv64" "$T/out"
expect_match '^4 entries would go, which frees .* Nothing was changed: --apply does it\.' "$T/out"
expect_equal "what is in the store after a dry run" "$before" "$(find "$store" | sort)"
ok "the newest of each kind, port and release stays by default; a dry run changes nothing"

ln -s "$arm64" "$T/mine"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --root "$T/keep/sdk"
expect_equal "the root" "$riscv64" "$(readlink "$T/keep/sdk")"
expect_exit 0 "$GOSTRAP" list
expect_match "Z  root $T/keep/sdk  $riscv64$" "$T/out"
expect_no_match "root .*$arm64" "$T/out"
prune --keep 0 --json
expect_equal "entries that would go" 3 "$(json "$T/out" removed)"
expect_equal "the one that stays" "$riscv64" "$(json "$T/out" kept 0 path)"
expect_equal "why" "root $T/keep/sdk" "$(json "$T/out" kept 0 why)"
ok "build --root makes a root; a link that is not registered is none"

# Files are shared: what comes free is what no other link holds.
promised=$(json "$T/out" freed)
all=$(disk)
prune --keep 0 --apply --json
expect_equal "freed as promised" "$promised" "$(json "$T/out" freed)"
[ $((all - $(disk))) -ge "$promised" ] || fail "$((all - $(disk))) bytes came free, $promised were promised"
[ $((all - $(disk))) -le $((promised + 100000)) ] || fail "$((all - $(disk))) bytes came free, only $promised were promised"
expect_equal "entries" 1 "$(entries)"
for gone in "$arm64" "$host" "$source"; do
  [ -z "$(find "$store" -name "${gone##*/}*" -o -path "$store/locks/$(basename "$gone" | cut -c1-32)*")" ] ||
    fail "something is left of $gone"
done
[ -e "$store/provenance/${riscv64##*/}.json" ] || fail "the provenance of what stays is gone"
expect_exit 0 "$GOSTRAP" verify "$riscv64"
expect_clean_store
ok "--apply removes the rest with its log, provenance and locks, and frees as much as it said; what stays is sound"

expect_exit 0 "$GOSTRAP" build riscv64 arm64 wasm --release 1.99.0 --root "$T/keep/all"
expect_equal "a root each" "all-sdk-js-wasm all-sdk-linux-arm64 all-sdk-linux-riscv64" \
  "$(cd "$T/keep" && echo all-*)"
rm "$T/keep/sdk" "$T/keep/all-sdk-linux-riscv64"
prune --keep 0 --apply
expect_match '2 dead roots' "$T/out"
expect_match "stays +sdk go1.99.0 js/wasm .*\(root $T/keep/all-sdk-js-wasm\)" "$T/out"
[ ! -e "$riscv64" ] || fail "an entry whose root was removed is still there"
expect_equal "entries" 2 "$(entries)"
expect_equal "registered roots" 2 "$(find "$store/roots" -type l | wc -l)"
ln -s "../$(basename "$(readlink "$T/keep/all-sdk-linux-arm64")")" "$store/roots/by-hand"
rm "$T"/keep/all-*
prune --keep 0 --apply
expect_equal "entries" 1 "$(entries)"
expect_match "\(root $store/roots/by-hand\)" "$T/out"
rm "$store/roots/by-hand"
echo precious >"$T/keep/file"
expect_exit 2 "$GOSTRAP" build arm64 --release 1.99.0 --root "$T/keep/file"
expect_match 'something is there already that is no link into the store' "$T/err"
expect_equal "the file" precious "$(cat "$T/keep/file")"
ok "a root that is removed keeps nothing; roots made by hand count; a file in a root's place is left alone"

expect_exit 0 "$GOSTRAP" build riscv64 arm64 --release 1.99.0
fake_release 1.99.1
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.1
older "$(entry go1.99.0-sdk-linux-riscv64)"
prune --older-than 30d
expect_match '^1 entry would go' "$T/out"
expect_match "would go +sdk go1.99.0 linux/riscv64 +2023-01-02T03:04:05Z" "$T/out"
prune --older-than 30d --keep 1
expect_match 'There is nothing to remove' "$T/out"
prune --older-than 0s --json
expect_equal "entries older than now" "$(entries)" "$(json "$T/out" removed)"
for age in 30 d 1y -1d 1.5d ''; do expect_exit 2 "$GOSTRAP" prune --older-than "$age"; done
expect_exit 2 "$GOSTRAP" prune --keep many
expect_exit 2 "$GOSTRAP" prune everything
ok "--older-than spares what is younger, --keep what is newest; other words are refused"

# Another bootstrap makes another host of the same release, and then an SDK that replaces the first.
fake_bootstrap 1.98.1 "$T/other-go"
expect_exit 0 "$GOSTRAP" build arm64 --release 1.99.1 --bootstrap "$T/other-go"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.1 --bootstrap "$T/other-go"
prune
expect_match "^2 entries would go" "$T/out"
prune --keep 2
expect_match 'There is nothing to remove' "$T/out"
prune --apply
expect_equal "SDKs of 1.99.1 for riscv64" 1 "$("$GOSTRAP" list | grep -c 'sdk go1.99.1 linux/riscv64')"
expect_clean_store
ok "what a newer one of the same kind, port and release replaces goes by default"

# What is being made, and what is in use.
chmod -R u+w "$store" && rm -rf "$store"
touch "$T/slow"
start build riscv64 --release 1.99.0
until_true test -e "$T/started"
"$GOSTRAP" prune --keep 0 --apply >"$T/second"
expect_match 'removed' "$T/second"
[ -e "$(log_of "go1.99.0-host-$own_dashed")" ] || fail "the log of what is being made is gone"
[ -d "$(entry go1.99.0-source)" ] || fail "a source that is in use is gone"
expect_match 'stays +source .*\(in use\)' "$T/second"
rm "$T/slow"
ended 0
riscv64=$(entry go1.99.0-sdk-linux-riscv64)
mkfifo "$T/hold"
start exec riscv64 --release 1.99.0 -- sh -c "echo >'$T/started2'; read -r line <'$T/hold'"
until_true test -e "$T/started2"
"$GOSTRAP" prune --keep 0 --apply >"$T/second"
expect_match "stays +sdk .*\(in use\)  $riscv64" "$T/second"
[ -d "$riscv64" ] || fail "an SDK that is in use is gone"
echo >"$T/hold"
ended 0
prune --keep 0 --apply
expect_equal "entries" 0 "$(entries)"
ok "what a running gostrap makes or uses stays"

# A provenance that cannot be read: its entry is not judged.
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
riscv64=$(entry go1.99.0-sdk-linux-riscv64)
echo '{' >"$store/provenance/${riscv64##*/}.json"
prune --keep 0 --apply
expect_match "stays +\(no readable provenance.*\)  $riscv64" "$T/out"
[ -d "$riscv64" ] || fail "an entry without provenance is gone"
echo stray >"$store/logs/notes.txt"
prune --apply
[ -e "$store/logs/notes.txt" ] || fail "a file that is not gostrap's is gone"
ok "what is not known stays"

# Killed at one system call after the other: what is listed is sound, and the next run finishes.
points=0
for point in rename:1 rename:2 rename:3 unlink:1 unlink:2 unlink:3 unlink:5 unlinkat:5 unlinkat:50 fchmodat:1 chmod:1 \
  mkdir:1 mkdir:2 flock:2 flock:4; do
  chmod -R u+w "$store" && rm -rf "$store"
  expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
  kill_at "${point%:*}" "${point#*:}" prune --keep 0 --apply
  [ "$status" = 137 ] || continue
  points=$((points + 1))
  expect_sound_store
  prune --keep 0 --apply
  expect_equal "entries" 0 "$(entries)"
  expect_equal "left in the store" "" "$(find "$store" -mindepth 2 -o -maxdepth 1 -name '.*')"
  expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
  expect_clean_store
done
[ "$points" -ge 8 ] || fail "it was killed at $points points only"
ok "killed at $points system calls: nothing is half gone, and the next prune finishes"
