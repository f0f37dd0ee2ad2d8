#!/usr/bin/env bash
# The source by git, from an archive and from a directory: one identity, checked before anything of it is run.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires git

fake_bootstrap 1.98.0
fake_source 1.99.0 "echo ran >>'$T/runs'"
tree=$(source_of 1.99.0)

# The repository has what the canonical source leaves out.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
git() { command git -c user.name=n -c user.email=e@x -c init.defaultBranch=main -c tag.gpgSign=false -C "$T/git" "$@"; }
cp -R "$tree" "$T/git"
mkdir "$T/git/.github"
echo '*.go text' >"$T/git/.gitattributes"
echo 'pkg/' | tee "$T/git/.gitignore" >"$T/git/.github/CODEOWNERS"
git init -q
git add -A && git commit -qm one && git tag -am go1.99.0 go1.99.0
commit=$(git rev-parse 'go1.99.0^{commit}')
pin_release 1.99.0 "$commit" "$T/nowhere"
pinned=$(json "$releases_file" releases 1.99.0 source)

tar -C "$T/source" --transform 's|^go1.99.0|go|' -czf "$T/go1.99.0.src.tar.gz" go1.99.0

for origin in "$T/git" "file://$T/git" "$T/go1.99.0.src.tar.gz" "$tree"; do
  rm -rf "$T/got"*
  expect_exit 0 "$GOSTRAP" source 1.99.0 --from "$origin" --out "$T/got"
  diff -r "$tree" "$T/got"
  expect_equal "the hash in the provenance" "$pinned" "$(json "$T/got.provenance.json" making nar)"
done
ok "a repository, an archive and a directory give the same tree"

expect_equal "kind of a directory in the provenance" directory "$(json "$T/got.provenance.json" making kind)"
rm -rf "$T/got"*
expect_exit 0 "$GOSTRAP" source 1.99.0 --from "$T/git" --out "$T/got"
expect_equal "commit in the provenance" "$commit" "$(json "$T/got.provenance.json" making commit)"
ok "the provenance tells the origin, its kind and the commit"

expect_exit 2 "$GOSTRAP" build riscv64 --release 1.99.0
expect_match "$T/nowhere" "$T/err"
expect_match 'By hand: get go1.99.0.src.tar.gz .*--from' "$T/err"
ok "a source that cannot be had: each origin is named, and what to do by hand"

cp -R "$tree" "$T/changed"
echo 'rm -rf /' >>"$T/changed/src/make.bash"
expect_exit 2 "$GOSTRAP" build riscv64 --release 1.99.0 --from "$T/changed"
expect_match 'NAR hash is sha256-.* is pinned to' "$T/err"
grep -Fq "pinned to $pinned" "$T/err" || fail "the pinned hash is not shown: $(cat "$T/err")"  # a hash may hold a +
[ ! -e "$T/runs" ] || fail "make.bash ran on a source that was not the pinned one"
expect_equal "entries in the store" "" "$(find "$store" -maxdepth 1 -name '*go1.99*')"
ok "a source with another hash is refused before make.bash is run"

expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --from "$T/nowhere" --from "$T/go1.99.0.src.tar.gz"
expect_match "$T/nowhere.*; trying the next origin" "$T/err"
expect_equal "runs of make.bash" 1 "$(wc -l <"$T/runs")"
ok "the next origin is tried, with a word"

expect_exit 0 env GOSTRAP_MIRROR="$T/git" "$GOSTRAP" build riscv64 --release 1.99.0 --store "$T/mirrored"
expect_exit 0 env GOSTRAP_MIRROR="$T/git" "$GOSTRAP" source 1.99.0 --out "$T/mirrored-source"
ok "GOSTRAP_MIRROR names an origin instead of the release's own"

git commit -q --allow-empty -m two && git tag -d go1.99.0 >"$T/tag.log" && git tag go1.99.0
moved=$(git rev-parse 'go1.99.0^{commit}')
expect_exit 2 "$GOSTRAP" source 1.99.0 --from "$T/git" --out "$T/moved"
expect_match "tag go1.99.0 is on commit $moved, but go1.99.0 is pinned to commit $commit" "$T/err"
git tag -d go1.99.0 >"$T/tag.log"
expect_exit 2 "$GOSTRAP" source 1.99.0 --from "$T/git" --out "$T/moved"
expect_match 'it has no tag go1.99.0' "$T/err"
[ ! -e "$T/moved" ] || fail "a refused source left something"
ok "a tag that moved shows both commits; one that is missing is named"

sed -i "s|\"$T/nowhere\"|\"https://origin.invalid/go\"|" "$releases_file"
expect_exit 2 "$GOSTRAP" source 1.99.0 --offline --out "$T/off"
expect_match 'https://origin.invalid/go: it is on the network, and --offline was given' "$T/err"
expect_match 'By hand: get go1.99.0.src.tar.gz' "$T/err"
expect_exit 2 env GOSTRAP_OFFLINE=1 "$GOSTRAP" build riscv64 --release 1.99.0 --store "$T/offline"
expect_match 'it is on the network' "$T/err"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --store "$T/offline" --offline --from "$tree"
ok "--offline leaves the network alone, and says what is missing"
