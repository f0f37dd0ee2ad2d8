#!/usr/bin/env bash
# gostrap use: a project's lock, which exec, env and build obey and refuse to differ from.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.97.0
for version in 1.98.1 1.98.3; do FLOOR=1.96.0 fake_release $version; done
mkdir -p "$T/m/a" && cd "$T/m/a"
printf 'module m\n\ngo 1.98\n' >"$T/m/go.mod"
lock=$T/m/gostrap.lock

expect_exit 2 "$GOSTRAP" use riscv64 --release 1.98.1
expect_match 'gostrap build linux/riscv64 --release 1.98.1$' "$T/err"
[ ! -e "$lock" ] || fail "a lock of nothing was written"
expect_exit 0 "$GOSTRAP" build riscv64 wasm --release 1.98.1
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.98.1 --profile GOGC=200
expect_exit 0 "$GOSTRAP" use riscv64 --release 1.98.1
expect_equal "what it prints" "$lock" "$(cat "$T/out")"
expect_match '"release": "1.98.1"' "$lock"
ok "the lock lies beside go.mod"

expect_exit 0 "$GOSTRAP" exec riscv64 -- go env GOARCH
expect_equal "words about it" "" "$(cat "$T/err")"
expect_exit 0 "$GOSTRAP" plan riscv64
expect_match 'go1.98.1-sdk' "$T/out"
expect_exit 2 "$GOSTRAP" exec riscv64 --release 1.98.3 -- go version
expect_match "cannot use go1.98.3 here: $lock says go1.98.1" "$T/err"
expect_exit 2 "$GOSTRAP" exec riscv64 --profile GOGC=200 -- go version
expect_match "it has GOGC=200, and $lock says no profile" "$T/err"
expect_exit 2 "$GOSTRAP" env wasm
expect_match "$lock has none: it has those for linux/riscv64" "$T/err"
ok "it chooses the release, and what differs is refused"

expect_exit 0 "$GOSTRAP" use wasm
expect_exit 0 "$GOSTRAP" env wasm
expect_exit 0 "$GOSTRAP" env riscv64
expect_exit 0 "$GOSTRAP" use riscv64 --profile GOGC=200
expect_exit 0 "$GOSTRAP" env riscv64
expect_match 'sdk-linux-riscv64-GOGC-200' "$T/out"
ok "a port is added, a profile is changed, and the lock's profile needs no words"

nar=$(awk -F'"' '/"linux\/riscv64"/ { inside = 1 } inside && $2 == "linux/amd64" { print $4; exit }' "$lock")
nar_pattern=${nar//+/\\+}
sed -i "s|$nar|sha256-r3NLW/7vnou1yL39OYdcXXJhiuGU27HudDdZcDLEAtI=|" "$lock"
expect_exit 2 "$GOSTRAP" env riscv64
expect_match "the NAR hash of its share/go is $nar_pattern, and $lock says sha256-r3NL" "$T/err"
expect_exit 0 "$GOSTRAP" use riscv64 --profile GOGC=200
sed -i "s|^\( *\)\"linux/amd64\": \"$nar\"|\1\"linux/arm64\": \"sha256-r3NLW/7vnou1yL39OYdcXXJhiuGU27HudDdZcDLEAtI=\"|" "$lock"
expect_exit 0 "$GOSTRAP" env riscv64
expect_exit 0 "$GOSTRAP" use riscv64 --profile GOGC=200
expect_match '"linux/arm64": "sha256-r3NLW' "$lock"
expect_match "\"linux/amd64\": \"$nar_pattern\"" "$lock"
ok "machines of another kind have bits of their own in it"

sdk=$("$GOSTRAP" build riscv64 --profile GOGC=200 2>/dev/null)
chmod u+w "$sdk/share/go" && cp "$lock" "$T/before"
echo changed >"$sdk/share/go/VERSION.more"
expect_exit 2 "$GOSTRAP" use riscv64 --profile GOGC=200
expect_match "its share/go was changed: the NAR hash is sha256-.*, and its manifest says $nar_pattern" "$T/err"
expect_match "gostrap verify $sdk" "$T/err"
cmp "$T/before" "$lock"
rm "$sdk/share/go/VERSION.more" && chmod u-w "$sdk/share/go"
ok "what was changed in the store is not locked"

printf 'module m\n\ngo 1.98.3\n' >"$T/m/go.mod"
for verb in build plan env; do
  expect_exit 2 "$GOSTRAP" $verb riscv64
  expect_match "go1.98.1 here: it is older than go 1.98.3, which $T/m/go.mod needs" "$T/err"
  expect_match "gostrap use PORT. writes $lock anew" "$T/err"
done
expect_exit 2 "$GOSTRAP" use riscv64
expect_match "Build it: gostrap build linux/riscv64 --release 1.98.3" "$T/err"
printf 'module m\n\ngo 1.98\n' >"$T/m/go.mod"
ok "a go.mod that has become newer than the lock is told"

sed -i 's/"source": "sha256-./&Z/; s/"lock": 1/"lock": 1/' "$lock"
expect_exit 2 "$GOSTRAP" build riscv64
echo '{' >"$lock"
expect_exit 2 "$GOSTRAP" env riscv64
expect_match "$lock" "$T/err"
expect_match "remove it and write another: gostrap use PORT" "$T/err"
ok "other bits, another source and a broken lock are refused"
