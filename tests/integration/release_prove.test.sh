#!/usr/bin/env bash
# release prove: from a tag in a git repository to the published source archive, link by link.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires git

fake_release 1.99.0
cp -r "$(source_of 1.99.0)" "$T/repository" && cd "$T/repository"
printf 'go1.99.0\ntime 2026-01-02T03:04:05Z\n' >VERSION
find . -type f ! -name '*.bash' -exec chmod 644 {} +
find . -name '*.bash' -exec chmod 755 {} +
git init -q . && git config user.name a && git config user.email a@example.org
git add -A -f . && git commit -qm release && git tag go1.99.0
commit=$(git rev-parse HEAD)

# pin KEY VALUE…: changes of the release's pins
pin() {
  local key
  while [ $# -gt 0 ]; do
    key=$1
    sed -i "s|\"$key\": \"[^\"]*\"|\"$key\": \"$2\"|" "$releases_file"
    shift 2
  done
}
pin commit "$commit"
expect_exit 2 "$GOSTRAP" source 1.99.0 --from "$T/repository" --out "$T/none"
nar=$(sed -nE 's/.*its NAR hash is (sha256-[^ ,]*).*/\1/p' "$T/err")
pin source "$nar"

expect_exit 1 "$GOSTRAP" release prove 1.99.0 --from "$T/repository"
packed=$(sed -n 's/^differs  source → go1.99.0.src.tar.gz: \([0-9a-f]*\), and published is .*/\1/p' "$T/out")
[ ${#packed} = 64 ] || fail "no checksum of what was packed: $(cat "$T/out")"
expect_match "^ok  tag go1.99.0 → commit: $commit$" "$T/out"
expect_match "^ok  commit → tree: $(git rev-parse 'HEAD^{tree}')$" "$T/out"
expect_match "^ok  tree → source: ${nar//+/\\+}" "$T/out"
ok "each link is told, and one that does not hold is exit code 1"

pin sourceArchive "$packed"
expect_exit 0 "$GOSTRAP" release prove 1.99.0 --from "$T/repository"
expect_match "^ok  source → go1.99.0.src.tar.gz: $packed, as published$" "$T/out"
expect_exit 0 "$GOSTRAP" release prove 1.99.0 --from "$T/repository" --json
expect_match '"holds": true' "$T/out"
ok "and where all hold it is 0"

expect_exit 2 "$GOSTRAP" release prove 1.99.0 --from "$(source_of 1.99.0)"
git tag -d go1.99.0 >/dev/null && git commit -q --allow-empty -m moved && git tag go1.99.0
expect_exit 2 "$GOSTRAP" release prove 1.99.0 --from "$T/repository"
expect_match 'is pinned to commit' "$T/err"
ok "what is no repository, and a tag that was moved, prove nothing"
