#!/usr/bin/env bash
# release update: what upstream's index and tags have is added to the user's file, or to a directory of files; what lies, is
# torn or is no index changes nothing.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/git-origin.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/git-origin.sh"

sum() { printf '%s' "$1" | sha256sum | cut -d' ' -f1; }
# listed VERSION [EXTRA_FILE…]: an entry as go.dev has it, with keys that nobody asks for
listed() {
  local version=$1 name files
  shift
  files="{\"filename\": \"$version.src.tar.gz\", \"os\": \"\", \"arch\": \"\", \"version\": \"$version\", \"sha256\": \"$(sum "$version.src")\", \"size\": 1, \"kind\": \"source\"}"
  for name in "$version.linux-amd64.tar.gz" "$version.linux-riscv64.tar.gz" "$@"; do
    files+=", {\"filename\": \"$name\", \"sha256\": \"$(sum "$name")\", \"size\": 1, \"kind\": \"archive\"}"
  done
  files+=", {\"filename\": \"$version.windows-amd64.msi\", \"sha256\": \"$(sum msi)\", \"kind\": \"installer\"}"
  printf '{"version": "%s", "stable": true, "note": {"x": [1]}, "files": [%s]}' "$version" "$files"
}
index() { local IFS=,; printf '[%s]\n' "$*" >"$T/index.json"; }
update() { "$GOSTRAP" release update --index "$T/index.json" --from "$repository" "$@"; }

# one line is known, by its 1.99.0, whose entry in the user's file has a remark of theirs
git_release 1.99.0
repository=$T/git-1.99.0
pin_release 1.99.0 "$commit" "$repository" go1.99.0.linux-amd64.tar.gz "$(sum go1.99.0.linux-amd64.tar.gz)"
sed -i 's|"tag": "go1.99.0",|"tag": "go1.99.0", "remark": "ours",|; s|^{|{ "team": "blue",|' "$releases_file"
sed -i "s|\"sourceArchive\": \"[0-9a-f]*\"|\"sourceArchive\": \"$(sum go1.99.0.src)\"|" "$releases_file"
git -C "$repository" tag go1.99.2                       # a lightweight one
git -C "$repository" commit -qm two --allow-empty
git -C "$repository" tag -am "a tag" go1.99.3           # an annotated one
git -C "$repository" tag -am "of a tag" go1.99.4 go1.99.3 2>"$T/git.log"
second=$(git -C "$repository" rev-parse HEAD)
cp "$releases_file" "$T/before.json"

index "$(listed go1.100.0)" "$(listed go1.99.5)" "$(listed go1.99.4)" "$(listed go1.99.3)" "$(listed go1.99.2)" "$(listed go1.99rc1)" \
  "$(listed go1.99.0 go1.99.0.plan9-386.tar.gz)" '{"version": "go1.2.2", "files": [{"sha256": ""}]}' '{"version": "go1", "files": []}'
expect_exit 0 update --dry-run
cmp "$releases_file" "$T/before.json"
expect_match '^Nothing was written: --dry-run$' "$T/out"
ok "--dry-run writes nothing"

expect_exit 0 update
cat >"$T/expected" <<TEXT
new        go1.99.5   known by its archive  2 archives
new        go1.99.4   commit ${second:0:12}   2 archives
new        go1.99.3   commit ${second:0:12}   2 archives
new        go1.99.2   commit ${commit:0:12}   2 archives
new        go1.99rc1  known by its archive  2 archives
completed  go1.99.0   commit ${commit:0:12}   2 archives more
new line   go1.100.0  what it needs is in its source: gostrap release add 1.100.0
6 releases written to $releases_file
TEXT
diff "$T/expected" "$T/out"
expect_match "^go1.99.5 is pinned by its archive alone: $repository has no tag go1.99.5$" "$T/err"
expect_no_match 'left out' "$T/err"
expect_exit 0 "$GOSTRAP" release show 1.99.4 --json
expect_equal "the commit of a tag of a tag" "$second" "$(json "$T/out" commit)"
cp "$T/out" "$T/patch.json"
expect_exit 0 "$GOSTRAP" release show 1.99.0 --json
expect_equal "its line's ports" "$(json "$T/out" ports)" "$(json "$T/patch.json" ports)"
expect_match '"remark": "ours"' "$releases_file"
expect_match '"team": "blue"' "$releases_file"
ok "what is new and what is more, with the tags' commits, in a table; the rest of the file is kept"

cp "$releases_file" "$T/after.json"
index "$(listed go1.99.5)" "$(listed go1.99.4)" "$(listed go1.99.0 go1.99.0.plan9-386.tar.gz)"
expect_exit 0 update
expect_equal "the second run" "There is nothing new." "$(cat "$T/out")"
cmp "$releases_file" "$T/after.json"
ok "a second run finds nothing new"

index "$(listed go1.99.4 | sed "s/$(sum go1.99.4.linux-riscv64.tar.gz)/$(sum other)/")" "$(listed go1.99.3 go1.99.3.plan9-386.tar.gz)"
git -C "$repository" tag -f go1.99.3 go1.99.2 >"$T/git.log" 2>&1
expect_exit 1 update
expect_match "^differs  go1.99.4.linux-riscv64.tar.gz  here $(sum go1.99.4.linux-riscv64.tar.gz), upstream $(sum other)$" "$T/out"
expect_match "^differs  go1.99.3's tag +here $second, upstream $commit$" "$T/out"
expect_exit 1 update --json
expect_equal "what differs" "go1.99.4.linux-riscv64.tar.gz" "$(json "$T/out" disagreements 0 what)"
expect_match '"written": null' "$T/out"
cmp "$releases_file" "$T/after.json"
ok "another checksum and a moved tag are told, with exit code 1, and nothing is taken"

index "$(listed go1.99.6)"
expect_exit 0 update --json --offline
expect_equal "a new one" "go1.99.6" "$(json "$T/out" added 1.99.6 tag)"
expect_equal "where it is" "$releases_file" "$(json "$T/out" written)"
expect_exit 2 "$GOSTRAP" release update --offline
expect_match 'cannot read https://go.dev/dl/.*: it is on the network, and --offline was given' "$T/err"
expect_match 'By hand: save what go.dev/dl/\?mode=json&include=all answers with' "$T/err"
expect_exit 2 env GOSTRAP_OFFLINE=1 "$GOSTRAP" release update --index http://127.0.0.1:1/x
expect_match 'on the network, and --offline was given' "$T/err"
expect_exit 2 update --index ftp://127.0.0.1/x
expect_exit 2 update one
expect_exit 2 update --from "$T/nowhere"
expect_match 'it is no git repository' "$T/err"
ok "--json is one document; --offline refuses a URL; words that make no sense"

# ---- indexes that lie ----------------------------------------------------------------------------------------------
cp "$releases_file" "$T/before.json"
bad() { # WORDS JSON: refused, and nothing changes
  printf '%s' "$2" >"$T/index.json"
  expect_exit 2 update
  expect_match "$1" "$T/err"
  cmp "$releases_file" "$T/before.json"
}
bad "$T/index.json" ''
bad "$T/index.json:1" '<!DOCTYPE html><p>Please sign in.</p>'
bad "$T/index.json" "$(listed go1.99.7)"
bad "$T/index.json:1" "[$(listed go1.99.7 | head -c 400)"
bad 'it lists no release of Go' '[]'
bad 'no name of a release of Go' '[{"version": "../../etc/passwd", "files": []}]'
bad 'more than 20 things in it are wrong' "[$(for i in {1..30}; do printf '{"version": "x%s"},' "$i"; done)$(listed go1.99.7)]"
ok "what is no index is refused, with its place"

# shellcheck disable=SC2016
strange=$(listed go1.99.7 ../../../tmp/go1.99.7.x.tar.gz go1.99.70.linux-386.tar.gz 'go1.99.7.$(id).zip')
index "$strange" "$(listed go1.99.8 | sed 's/"sha256"/"md5"/')" "$(listed go1.99.9)" "$(listed go1.99.9 go1.99.9.linux-386.tar.gz)" \
  '{"version": "go1.99.10\u001b[2J"}' '{"files": []}' 7
expect_exit 0 update
expect_match '^new +go1.99.7 +known by its archive +2 archives$' "$T/out"
expect_no_match '1.99.8|1.99.9|1.99.10' "$T/out"
expect_equal "words about what is left out" 9 "$(grep -c '^left out: ' "$T/err")"
expect_match '^left out: .*go1.99.9 is listed twice, with different files' "$T/err"
expect_no_match $'\e' "$T/out" "$T/err"
expect_no_match 'id\)|go1.99.70|[.][.]/' "$releases_file"
ok "strange names, missing checksums and what is listed twice are left out, with a word each"

printf '{"releases": {"1.99.0": {"tag": 7}}}' >"$T/damaged.json"
index "$(listed go1.99.7)"
expect_exit 2 update --releases "$T/damaged.json"
expect_match "$T/damaged.json:1, releases, 1.99.0, tag" "$T/err"
expect_equal "the damaged file" '{"releases": {"1.99.0": {"tag": 7}}}' "$(cat "$T/damaged.json")"
index "$(listed go1.24.99)"
expect_exit 0 update --releases "$T/new.json"
expect_equal "entries in a file that was not there" 1.24.99 "$(grep -o '"1\.[0-9.]*": {' "$T/new.json" | tr -d '": {')"
ok "a damaged file of releases is refused with its place; one that is not there is made"

mkdir "$T/full"
cp "$releases_file" "$T/full/releases.json"
index "$(listed go1.99.11)"
expect_exit 2 bash -c 'trap "" XFSZ; ulimit -f 1; exec "$@"' - "$GOSTRAP" release update --index "$T/index.json" --offline --releases "$T/full/releases.json"
cmp "$T/full/releases.json" "$releases_file"
expect_equal "what is left beside it" releases.json "$(ls -A "$T/full")"
ok "what cannot be written to its end leaves the file as it was"

# ---- over the network ----------------------------------------------------------------------------------------------
index "$(listed go1.99.12)" "$(listed go1.99.3)"
mkdir "$T/git-server-http"
state=$T/git-server-http/state
setsid perl "$GOSTRAP_SOURCE_DIR/tests/lib/lying-http.pl" "$state" "$T/index.json" >"$T/git-server-http/log" 2>&1 </dev/null &
echo $! >"$T/git-server-http/http.pid"
wait_for test -s "$state"
port=$(cat "$state")
at() { printf 'http://127.0.0.1:%s/%s/index.json\n' "$port" "$1"; }
over() { "$GOSTRAP" release update --index "$1" --from "${2-$repository}" --timeout "${timeout-5}" --retries "${retries-0}" --dry-run; }
git -C "$repository" tag -f -am again go1.99.3 "$second" >"$T/git.log" 2>&1
git -C "$repository" tag -am new go1.99.12
url=$(serve_git "$repository/.git")

expect_exit 0 over "$(at right)?token=secret" "$url"
expect_match "^new  go1.99.12  commit $(git -C "$repository" rev-parse --short=12 HEAD)  2 archives$" "$T/out"
expect_match 'comes over http, which anybody on the way can change' "$T/err"
expect_no_match secret
expect_no_match 'POST .*git-upload-pack' "$T"/git-server-*/access.log
expect_match 'GET .*service=git-upload-pack' "$T"/git-server-*/access.log
ok "index and tags come over the network, and nothing is fetched"

retries=2 expect_exit 0 over "$(at busy)"
expect_match 'status 503.*trying again' "$T/err"
expect_exit 2 over "$(at lost)"
expect_match 'answers with status 404' "$T/err"
expect_exit 2 over "$(at page)"
expect_match 'it is a web page, and no index' "$T/err"
expect_exit 2 over "$(at wrong)"
expect_match 'it is no JSON' "$T/err"
expect_exit 2 over "$(at short)"
expect_match 'hung up after [0-9]+ bytes' "$T/err"
timeout=0.3 expect_exit 2 over "$(at silent)"
expect_match 'said nothing for 0.3 s' "$T/err"
expect_exit 2 over "$(at endless)"
expect_match 'it is longer than [0-9]+ bytes' "$T/err"
expect_exit 2 over "$(at outside)"
expect_match 'only http:// and https:// are followed' "$T/err"
http_proxy=http://127.0.0.1:$port expect_exit 0 over http://origin.invalid/right/index.json
expect_equal "what is left in TMPDIR" "" "$(ls -A "$TMPDIR")"
ok "a server that is busy, lies, hangs up, is silent or endless; a proxy"

cp "$T/after.json" "$T/kept.json"
asked_before=$(grep -c '^/silent/' "$state.calls")
start release update --index "$(at silent)" --releases "$T/after.json"
asked_again() { [ "$(grep -c '^/silent/' "$state.calls")" -gt "$asked_before" ]; }
until_true asked_again
kill -INT "$pid"
ended 130
cmp "$T/after.json" "$T/kept.json"
ok "an interrupt ends it, and nothing was written"

unset GOSTRAP_MIRROR
GOSTRAP_MIRROR=http://127.0.0.1:1/go.git expect_exit 0 "$GOSTRAP" release update --index "$T/index.json" --retries 0 --dry-run
expect_match "^new  go1.99.12  known by its archive" "$T/out"
expect_match 'no connection: .*: the commits of releases are not known from there|Connection refused.*not known from there' "$T/err"
expect_match 'go1.99.12 is pinned by its archive alone: nobody was there to tell' "$T/err"
ok "where nobody tells the commits a release is pinned by its archive, and that is said"

# ---- a directory with a file a release -------------------------------------------------------------------------------
cp -r "$GOSTRAP_SOURCE_DIR/nix/releases" "$T/releases"
chmod -R u+w "$T/releases"
index "$(listed go1.26.99)" "$(listed go1.99.12)"
expect_exit 0 "$GOSTRAP" release update --into "$T/releases" --index "$T/index.json" --offline
expect_match '^new line  go1.99.12 ' "$T/out"  # of the user's own file nothing counts
expect_equal "the directory's news" 1.26.99.json "$(diff -rq "$GOSTRAP_SOURCE_DIR/nix/releases" "$T/releases" | sed 's/.*: //')"
diff <(sed "s/1\.26\.9/1.26.99/" "$T/releases/1.26.9.json" | sed -n '1p;/bootstrap/,/archives/p') \
  <(sed -n '1p;/bootstrap/,/archives/p' "$T/releases/1.26.99.json") >"$T/diff" || true
expect_no_match '^[<>]   "(bootstrap|origins|ports)|^[<>]     "[a-z]' "$T/diff"
cp "$T/releases/1.26.99.json" "$T/one.json"
expect_exit 0 "$GOSTRAP" release update --into "$T/releases" --index "$T/index.json" --offline
expect_match '^new line  go1.99.12 ' "$T/out"
cmp "$T/releases/1.26.99.json" "$T/one.json"
rm "$T/releases/1.24.4.json"
printf '{' >"$T/releases/1.26.99.json"
expect_exit 2 "$GOSTRAP" release update --into "$T/releases" --index "$T/index.json" --offline
expect_match "$T/releases/1.26.99.json:1" "$T/err"
expect_exit 2 "$GOSTRAP" release update --into "$T/nowhere" --index "$T/index.json"
expect_exit 2 "$GOSTRAP" release update --into "$T/releases" --releases "$T/new.json" --index "$T/index.json"
ok "--into writes files as those that ship, and reads them before"
