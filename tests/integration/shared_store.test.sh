#!/usr/bin/env bash
# A store that several users share: what root makes under umask 077 others can use, and prune leaves alone what they use.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires setpriv
if [ "$(id -u)" != 0 ]; then
  [ -n "${GOSTRAP_ALLOW_SKIP:-}" ] || fail "this test needs root, to be somebody else (GOSTRAP_ALLOW_SKIP=1 skips it)"
  exit 77
fi
fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0
cp "$GOSTRAP" "$T/bin/gostrap-of-others"
chmod 755 "$T" "$T/bin/gostrap-of-others"
mkdir -p "$T/shared" "$T/nobody"
chown 65534:65534 "$T/nobody"
export GOSTRAP_STORE=$T/shared/store
# nobody WORD…: gostrap as another user, with the same releases and store
nobody() {
  env HOME="$T/nobody" TMPDIR=/tmp setpriv --reuid=65534 --regid=65534 --clear-groups "$T/bin/gostrap-of-others" "$@" --releases "$T/releases.json"
}
cp "$releases_file" "$T/releases.json"
chmod 644 "$T/releases.json"
(umask 077 && "$GOSTRAP" build riscv64 arm64 --release 1.99.0 --root "$T/shared/root" >/dev/null 2>&1)
chmod 755 "$T/shared"

nobody_exec() { env HOME="$T/nobody" TMPDIR=/tmp setpriv --reuid=65534 --regid=65534 --clear-groups "$T/bin/gostrap-of-others" exec "$1" --releases "$T/releases.json" --release 1.99.0 -- "${@:2}"; }
expect_exit 0 nobody_exec riscv64 true
expect_equal "what exec says" "" "$(cat "$T/err")"
expect_exit 0 nobody list
expect_match 'sdk go1.99.0 linux/riscv64' "$T/out"
expect_equal "what list says" "" "$(cat "$T/err")"
ok "what was made under umask 077 is there for others"

rm "$T/shared/root"*
mkfifo "$T/running"
chmod 666 "$T/running"
nobody_exec riscv64 sh -c "echo >$T/running; exec sleep 60" 2>/dev/null &
reader=$!
read -r _ <"$T/running"
expect_exit 0 "$GOSTRAP" prune --older-than 0d
expect_match '^stays .*linux/riscv64.*\(in use\)' "$T/out"
expect_match '^would go .*linux/arm64' "$T/out"
expect_exit 0 "$GOSTRAP" prune --older-than 0d --apply
expect_match '^stays .*linux/riscv64.*\(in use\)' "$T/out"
[ -d "$(echo "$GOSTRAP_STORE"/*-sdk-linux-riscv64)" ] || fail "prune removed what another user runs"
[ ! -e "$(echo "$GOSTRAP_STORE"/*-sdk-linux-arm64)" ] || fail "prune left what nobody uses"
kill "$reader" 2>/dev/null || true
wait "$reader" 2>/dev/null || true
ok "prune leaves what another user runs, and says so before it does anything"

rm "$GOSTRAP_STORE"/locks/*.use
expect_exit 0 nobody_exec riscv64 true
expect_match 'nothing keeps .gostrap prune. from [0-9a-f]{32} while it is used: .*Permission denied' "$T/err"
chmod 600 "$GOSTRAP_STORE"/provenance/*-sdk-linux-riscv64.json
expect_exit 2 nobody_exec riscv64 true
expect_match 'cannot read .*provenance.*Permission denied' "$T/err"
ok "a lock and a provenance that cannot be had are told of"
