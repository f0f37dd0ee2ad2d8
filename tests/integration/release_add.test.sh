#!/usr/bin/env bash
# release add: what is wrong is said of what has it: the index, the commit, the source; file:// is a path.
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
expect_match "^gostrap: cannot add go1.99.0: $T/index.json gives what no entry can have: .*plain file name" "$T/err"
expect_match 'Nothing was written to' "$T/err"
cmp "$releases_file" "$T/by-url.json"
index
expect_exit 2 add "$(source_of 1.99.0)" 1234
expect_match 'commit takes a commit in 40 lower-case hexadecimal digits, not "1234"' "$T/err"
expect_no_match "$releases_file" "$T/err"
ok "what is wrong with the index or the commit is not said of the releases file"
