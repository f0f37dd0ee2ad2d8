#!/usr/bin/env bash
# link: names by which go commands find the toolchains of the store.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.97.0
for version in 1.98.3 1.99.0; do FLOOR=1.96.0 fake_release $version; done
expect_exit 2 "$GOSTRAP" link "$T/names"
expect_match 'the store has none that runs here' "$T/err"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.98.3
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0

expect_exit 0 "$GOSTRAP" link "$T/names"
expect_equal "what it prints" "$T/names/go1.99.0 $T/names/go1.98.3" "$(tr '\n' ' ' <"$T/out" | sed 's/ $//')"
expect_match 'go1\.98\.3-host-.*/share/go/bin/go$' <(readlink -f "$T/names/go1.98.3")
expect_match 'go1.98.3 ' <("$T/names/go1.98.3" version)
expect_exit 0 "$GOSTRAP" link "$T/names" --json
expect_match "\"link\": \"$T/names/go1.99.0\"" "$T/out"
ok "a name for each toolchain, as often as one asks"

expect_exit 0 "$GOSTRAP" prune --apply --keep 0
for name in go1.98.3 go1.99.0; do [ -x "$T/names/$name" ] || fail "prune took what $name leads to"; done
rm "$T/names/go1.98.3"
expect_exit 0 "$GOSTRAP" prune --apply --keep 0
[ -x "$T/names/go1.99.0" ] || fail "prune took what a name leads to"
[ -z "$(find "$store" -maxdepth 1 -name '*-go1.98.3-host-*')" ] || fail "what no name leads to is kept"
ok "what a name leads to stays, and nothing else"

expect_exit 2 "$GOSTRAP" link "$T/names" 1.98.3
expect_match "gostrap build $own_port --release 1.98.3$" "$T/err"
ln -s "$store/$(printf '%032d' 0)-go1.97.0-host-$own_dashed/share/go/bin/go" "$T/names/go1.97.0"
ln -s /bin/true "$T/names/go1.96.0"
echo mine >"$T/names/go1.95.0"
expect_exit 0 "$GOSTRAP" link "$T/names" 1.99
[ -L "$T/names/go1.97.0" ] || fail "a name was removed that nobody spoke of"
expect_exit 0 "$GOSTRAP" link "$T/names"
[ ! -L "$T/names/go1.97.0" ] || fail "a name that leads to nothing any more is still there"
[ -L "$T/names/go1.96.0" ] || fail "a link that leads elsewhere was removed"
[ -f "$T/names/go1.95.0" ] || fail "a file was removed"
ok "stale names go, and what others put there stays"

rm "$T/names/go1.99.0" && echo mine >"$T/names/go1.99.0"
expect_exit 2 "$GOSTRAP" link "$T/names"
expect_match 'something is there already that is no link into the store' "$T/err"
expect_equal "what was there" mine "$(cat "$T/names/go1.99.0")"
ok "nothing of the user's is overwritten"
