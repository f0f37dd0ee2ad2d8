#!/usr/bin/env bash
# Trees of modules that a bundle brought into a store: what list, prune, verify and the next bundle make of them.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/bundles.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/bundles.sh"
small_store
# install BUNDLE: into the other store; its path comes out
install() { expect_exit 0 elsewhere "$GOSTRAP" bundle install "$1" && tail -n 1 "$T/out"; }

create "$T/first.tar.zst" --modules "$T/tree"
echo three >"$T/tree/dir/b"
create "$T/second.tar.zst" --modules "$T/tree"
first=$(install "$T/first.tar.zst")
perl -pi -e 's/"made": "[^"]*"/"made": "2023-01-02T03:04:05Z"/' "$other_store/provenance/${first##*/}.json"
second=$(install "$T/second.tar.zst")

expect_exit 0 elsewhere "$GOSTRAP" list
expect_match "^modules tree +20[0-9TZ:-]+  $second$" "$T/out"
expect_match "^modules tree +2023-01-02T03:04:05Z  $first$" "$T/out"
expect_exit 0 elsewhere "$GOSTRAP" list --size --json
expect_equal "kind and name" "modules tree" "$(json "$T/out" 0 kind) $(json "$T/out" 0 name)"
expect_no_match '"(release|port|canonical)"' "$T/out"
ok "list shows them"

expect_exit 0 elsewhere "$GOSTRAP" verify "$first" "$second"
chmod u+w "$first/dir/b" && echo changed >"$first/dir/b"
expect_exit 1 elsewhere "$GOSTRAP" verify "$first" "$second"
expect_match '^  FAILED contents: they hash to [0-9a-f]{32}, not to the key in its name$' "$T/out"
expect_match '^  ok     contents: 5 files, and their hash is the key in its name$' "$T/out"
expect_exit 2 elsewhere "$GOSTRAP" verify --repair "$first"
expect_match 'it came with a bundle that does not say what it was made from' "$T/err"
expect_match "rm -r $first" "$T/err"
expect_exit 2 elsewhere "$GOSTRAP" bundle create "$first" --out "$T/damaged.tar.zst"
expect_match 'not to the key in its name' "$T/err"
[ ! -e "$T/damaged.tar.zst" ] || fail "a bundle of a damaged tree"
chmod -R u+w "$first" && rm -r "$first"
expect_equal "where it is again" "$first" "$(install "$T/first.tar.zst")"
expect_exit 0 elsewhere "$GOSTRAP" verify "$first"
ok "their key says whether they are whole; the bundle makes them whole again"

perl -pi -e 's/"made": "[^"]*"/"made": "2023-01-02T03:04:05Z"/' "$other_store/provenance/${first##*/}.json"
expect_exit 0 elsewhere "$GOSTRAP" bundle create --all --out "$T/passed-on.tar.zst"
elsewhere "$GOSTRAP" bundle inspect "$T/passed-on.tar.zst" --files >"$T/passed-on"
elsewhere "$GOSTRAP" bundle inspect "$T/second.tar.zst" --files >"$T/given"
diff "$T/given" "$T/passed-on"
ok "a bundle of the whole store has the newest of them"

expect_exit 0 elsewhere "$GOSTRAP" prune
expect_match "^would go +modules tree +.*$first$" "$T/out"
expect_match "^stays +modules tree +\(the newest\)  $second$" "$T/out"
expect_no_match 'not known what it is' "$T/out"
expect_exit 0 elsewhere "$GOSTRAP" prune --apply
[ ! -e "$first" ] || fail "the older one is still there"
[ -e "$second/run" ] || fail "the newest one is gone"
expect_equal "remains" "" "$(find "$other_store" -name "$(basename "$first")*")"
ok "prune lets a newer tree of the same name replace them"
