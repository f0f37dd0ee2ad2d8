#!/usr/bin/env bash
# outdated: newer patch releases, among those that are pinned and those in go.dev's index; list --size.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" outdated
expect_equal "words about an empty store" "" "$(cat "$T/out")"
expect_exit 0 "$GOSTRAP" build riscv64 wasm --release 1.99.0
expect_exit 0 "$GOSTRAP" outdated
expect_match '^go1.99.0  nothing newer of its line is known$' "$T/out"
expect_match '^Only what is pinned here was looked at: --online asks' "$T/out"
fake_release 1.100.3
expect_exit 0 "$GOSTRAP" outdated
ok "a newer line is not a newer patch"

fake_release 1.99.2
expect_exit 1 "$GOSTRAP" outdated
expect_match '1.99.2 is newer, and pinned: gostrap build (linux/riscv64 js/wasm|js/wasm linux/riscv64) --release 1.99.2$' "$T/out"
expect_exit 1 "$GOSTRAP" outdated --json --offline
expect_equal "what is pinned" 1.99.2 "$(json "$T/out" 0 pinned)"
expect_equal "entries" 3 "$(json "$T/out" 0 entries)"
expect_equal "supported" true "$(json "$T/out" 0 supported)"
ok "a newer patch that is pinned: exit code 1, and the command that builds it"

expect_exit 0 "$GOSTRAP" build riscv64 arm64 --release 1.99.0 --profile GOGC=200,GODEBUG=gctrace=1
expect_exit 1 "$GOSTRAP" outdated
expect_match '^    gostrap build (linux/arm64 linux/riscv64|linux/riscv64 linux/arm64) --release 1.99.2 --profile GODEBUG=gctrace=1,GOGC=200$' "$T/out"
expect_match '^    gostrap build (linux/riscv64 js/wasm|js/wasm linux/riscv64) --release 1.99.2$' "$T/out"
ok "what has a profile is built again with it"

expect_exit 0 "$GOSTRAP" list
expect_equal "columns at which the dates begin" 1 "$(awk '{ print match($0, /20[0-9][0-9]-/) }' "$T/out" | sort -u | wc -l)"
ok "list has its columns in line, also with a profile's name"

index() { printf '[%s]\n' "$(printf '{"version": "%s", "stable": true, "files": []},' "$@" | sed 's/,$//')" >"$T/index.json"; }
index go1.101rc1 go1.101.0 go1.99.7 go1.99.8rc1 go1.99.1 go1.98.4
expect_exit 1 "$GOSTRAP" outdated --index "$T/index.json"
expect_match "1.99.7 is newer, and in the index: gostrap release add 1.99.7 --index $T/index.json" "$T/out"
expect_match 'upstream ended its line with go1.101.0' "$T/out"
expect_no_match rc1 "$T/out"
expect_exit 1 "$GOSTRAP" outdated --index "$T/index.json" --json
expect_equal "what is published" 1.99.7 "$(json "$T/out" 0 published)"
expect_equal "supported" false "$(json "$T/out" 0 supported)"
expect_no_match '--online' "$T/out"
expect_exit 1 "$GOSTRAP" outdated --index "$T/index.json" --store "$store" --releases "$releases_file"
expect_match "gostrap release add 1.99.7 --index $T/index.json --releases $releases_file$" "$T/out"
expect_match "gostrap build .* --release 1.99.2 --store $store --releases $releases_file$" "$T/out"
cp "$T/index.json" "$T/with space"
expect_exit 1 "$GOSTRAP" outdated --index "$T/with space"
expect_match "release add 1.99.7 --index '$T/with space'$" "$T/out"
ok "a newer patch in go.dev's index, without pre-releases; and lines that upstream has ended"

for text in '{' '{}' '[{}]' '[{"version": "../1.2"}]' '[{"version": 7}]'; do
  printf '%s\n' "$text" >"$T/index.json"
  expect_exit 2 "$GOSTRAP" outdated --index "$T/index.json"
  expect_match "read $T/index.json" "$T/err"
done
expect_exit 2 "$GOSTRAP" outdated --index "$T/nothing"
expect_exit 2 "$GOSTRAP" outdated --online --offline
expect_match 'on the network, and --offline was given' "$T/err"
expect_exit 2 "$GOSTRAP" outdated --online --index "$T/index.json"
expect_exit 2 "$GOSTRAP" outdated --index http://127.0.0.1:1/index --retries 0
expect_match 'no connection: .*Connection refused' "$T/err"
expect_match 'By hand: save what go.dev/dl/\?mode=json&include=all answers with' "$T/err"
ok "an index that is none is refused, and the network is asked where it may be"

expect_exit 0 "$GOSTRAP" list --size
expect_match '^sdk go1.99.0 linux/riscv64 .* own +.* shared .*-sdk-linux-riscv64$' "$T/out"
expect_match '^all together ' "$T/out"
expect_exit 0 "$GOSTRAP" list --size --json
own=0
for ((i = 0; i < $(json "$T/out"); i++)); do
  own=$((own + $(json "$T/out" $i own)))
  [[ $(json "$T/out" $i path) != *-sdk-@(linux-riscv64|js-wasm) ]] || [ "$(json "$T/out" $i shared)" -gt "$(json "$T/out" $i own)" ] ||
    fail "an SDK shares less than it has of its own: $(cat "$T/out")"
done
[ "$own" -le "$(du -s --block-size=1 "$store" | cut -f1)" ] || fail "the entries' own bytes are more than the store"
ok "list --size tells own bytes from shared ones"
