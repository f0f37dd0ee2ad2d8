#!/usr/bin/env bash
# Real Go source by git over http, from an archive and from a directory: one identity.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires git nginx fcgiwrap zip
archive=$(test_archive 1.24.4)
pinned=$("$GOSTRAP" release show 1.24.4 --json | awk -F'"' '$2 == "source" { print $4 }')

source_nar() { awk -F'"' '$2 == "nar" { print $4 }' "$1.provenance.json"; }

expect_exit 0 "$GOSTRAP" source 1.24.4 --out "$T/archive" --from "$archive"
expect_equal "NAR hash of the archive" "$pinned" "$(source_nar "$T/archive")"
expect_exit 0 "$GOSTRAP" source 1.24.4 --out "$T/directory" --from "$T/archive"
expect_equal "NAR hash of the directory" "$pinned" "$(source_nar "$T/directory")"
cmp "$T/archive/src/make.bash" "$T/directory/src/make.bash"
ok "archive and directory give the pinned source"

# What upstream's repository has beside the source: files that a release leaves out. Modes are git's.
mkdir "$T/origin"
cp -r "$T/archive/." "$T/origin/"
chmod -R u+w "$T/origin"
mkdir "$T/origin/.github"
touch "$T/origin/.github/x" "$T/origin/.gitattributes"
echo pkg/ >"$T/origin/.gitignore"
cd "$T/origin"
git init -q -b master .
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
git add -A -f . && git commit -qm release && git tag -a go1.24.4 -m 'annotated, as some mirrors have it'
git config http.receivepack false
commit=$(git rev-parse HEAD)
"$GOSTRAP" release show 1.24.4 --json |
  sed "s/\"commit\": \"[0-9a-f]*\"/\"commit\": \"$commit\"/" |
  { printf '{"releases": {"1.24.4": ' && cat && printf '}}'; } >"$T/releases.json"

# shellcheck source=tests/lib/git-server.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/git-server.sh"
url=$(serve_git "$T/origin/.git")
expect_exit 0 "$GOSTRAP" source 1.24.4 --out "$T/git" --from "$url" --releases "$T/releases.json"
expect_equal "NAR hash from git" "$pinned" "$(source_nar "$T/git")"
expect_match "\"commit\": \"$commit\"" "$T/git.provenance.json"
ok "git over http, one tag, gives the same"

expect_exit 2 "$GOSTRAP" source 1.24.4 --out "$T/moved" --from "$url"
expect_match 6796ebb2cb66b316a07998cdcd69b1c486b8579e
expect_match "$commit"
[ ! -e "$T/moved" ] || fail "a moved tag left an output"
ok "a tag on another commit than the pinned one is refused, and both are shown"
