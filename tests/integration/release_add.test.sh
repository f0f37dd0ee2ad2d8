#!/usr/bin/env bash
# release add: by index and tags alone, or with the source; what is wrong is said of what has it: the index, the commit, the source; file:// is a path.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_source 1.99.0
commit=$(printf '%040d' 7)
digest=$(printf '%064d' 7)
index() { # EXTRA: a file more of the release
  printf '[{"version": "go1.99.0", "files": [{"filename": "go1.99.0.src.tar.gz", "kind": "source", "sha256": "%s"}%s]}]\n' \
    "$digest" "${1-}" >"$T/index.json"
}
add() { "$GOSTRAP" release add 1.99.0 --index "$T/index.json" --from "$1" --commit "${2-$commit}"; }

index
expect_exit 0 add "file://$(source_of 1.99.0)"
cp "$releases_file" "$T/by-url.json"
expect_exit 0 add "$(source_of 1.99.0)"
cmp "$releases_file" "$T/by-url.json"
mkdir "$T/with space" && cp -r "$(source_of 1.99.0)/." "$T/with space/source"
expect_exit 0 add "file://localhost$T/with%20space/source"
ok "--from takes a file: URL as it takes its path"

mkdir "$T/empty" "$T/empty/src"
expect_exit 2 add "$T/empty"
expect_match "^gostrap: cannot add go1.99.0: $T/empty is no source of a Go release: it has no file VERSION|no.*VERSION" "$T/err"
expect_match 'go1.99.0.src.tar.gz|Go source' "$T/err"
ok "a tree without VERSION is no source, and what is one is named"

index ', {"filename": "../x.tar.gz", "kind": "archive", "sha256": "'"$digest"'"}'
expect_exit 2 add "$(source_of 1.99.0)"
expect_match "^gostrap: cannot read $T/index.json:1.*, files\[1\], filename: \"../x.tar.gz\" is no archive of go1.99.0$" "$T/err"
cmp "$releases_file" "$T/by-url.json"
index
expect_exit 2 add "$(source_of 1.99.0)" 1234
expect_match 'commit takes a commit in 40 lower-case hexadecimal digits, not "1234"' "$T/err"
expect_no_match "$releases_file" "$T/err"
ok "what is wrong with the index or the commit is not said of the releases file"

# ---- without a source ------------------------------------------------------------------------------------------------
# shellcheck source=tests/lib/git-origin.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/git-origin.sh"
listed() { # VERSION DIGEST
  printf '{"version": "go%s", "files": [{"filename": "go%s.src.tar.gz", "kind": "source", "sha256": "%s"}]}' "$1" "$1" "$2"
}
printf '[%s, %s, %s]\n' "$(listed 1.100.1 "$digest")" "$(listed 1.99.7 "$digest")" "$(listed 1.99.0 "$digest")" >"$T/index.json"
fake_source 1.100.1
cp -r "$(source_of 1.100.1)" "$T/mirror"
git -C "$T/mirror" init -q && git -C "$T/mirror" add -A && git -C "$T/mirror" commit -qm one
git -C "$T/mirror" tag -am one go1.100.1
git -C "$T/mirror" tag go1.99.7
on=$(git -C "$T/mirror" rev-parse HEAD)
export GOSTRAP_MIRROR=$T/mirror
alone() { "$GOSTRAP" release add "$1" --index "$T/index.json" "${@:2}"; }

expect_exit 2 alone 1.99
expect_match '"1.99" is a line of releases, and one is to be added' "$T/err"
expect_exit 0 alone 1.99.7
expect_match "^go1.99.7 is now in $releases_file$" "$T/out"
expect_exit 0 "$GOSTRAP" release show 1.99.7 --json
expect_equal "its commit" "$on" "$(json "$T/out" commit)"
expect_no_match '"source":' "$T/out"
expect_exit 0 alone 1.99.7
expect_match '^go1.99.7 is known already, and upstream says the same of it$' "$T/out"
expect_exit 1 alone 1.99.7 --commit "$commit"
expect_match "^differs  go1.99.7's tag  here $on, upstream $commit$" "$T/out"
expect_exit 2 alone 1.99.8
expect_match 'it has no go1.99.8; of its line there are: go1.99.7 go1.99.0' "$T/err"
ok "a release of a known line is added by the index and its tag alone"

cp "$releases_file" "$T/before.json"
GOSTRAP_MIRROR=https://example.invalid/go.git expect_exit 2 alone 1.100.1 --offline
expect_match 'it is the first of its line: what it needs and where it runs is in its source only' "$T/err"
expect_match 'Name a source on this machine .*: --from ORIGIN' "$T/err"
GOSTRAP_MIRROR=http://127.0.0.1:1/go.git expect_exit 2 alone 1.100.1 --retries 0
expect_match '127.0.0.1:1' "$T/err"
expect_exit 2 alone 1.100.1 --from "$T/nowhere"
expect_exit 2 "$GOSTRAP" release add 1.100.1 --offline
expect_match 'it is on the network, and --offline was given' "$T/err"
cmp "$releases_file" "$T/before.json"
ok "without a way to the source of the first of a line it is said what is needed, and nothing is written"

expect_exit 0 alone 1.100.1 --json
expect_equal "the commit, as the source was read" "$on" "$(json "$T/out" commit)"
expect_match '"source": "sha256-' "$T/out"
expect_equal "what it needs" 1.99 "$(json "$T/out" bootstrap | cut -d. -f1-2)"
cp "$releases_file" "$T/added.json"
cp "$T/before.json" "$releases_file"
url=$(serve_git "$T/mirror/.git")
GOSTRAP_MIRROR=$url expect_exit 0 alone 1.100.1
cmp "$releases_file" "$T/added.json"
cp "$T/before.json" "$releases_file"
expect_exit 0 alone 1.100.1 --from "$(source_of 1.100.1)"
cmp "$releases_file" "$T/added.json"
ok "the first of a line is read from its source: the mirror's, a server's, a directory's, the commit from the tags"

mkdir "$T/into"
expect_exit 0 alone 1.100.1 --into "$T/into"
expect_equal "what is there" 1.100.1.json "$(ls -A "$T/into")"
expect_equal "the entry" "$(json "$T/added.json" releases 1.100.1 source)" "$(json "$T/into/1.100.1.json" source)"
expect_exit 0 alone 1.100.1 --into "$T/into"
expect_match 'is known already' "$T/out"
expect_exit 2 alone 1.99.7 --into "$T/into" --offline --from "$T/empty"
expect_equal "what is there" 1.100.1.json "$(ls -A "$T/into")"
ok "--into makes a file of it"
