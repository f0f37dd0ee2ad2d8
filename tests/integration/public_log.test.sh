#!/usr/bin/env bash
# verify --log: a toolchain's module against a public log, which Go's own implementation writes; and all that is wrong with
# such files refused.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires zip perl openssl
# shellcheck source=tests/lib/log.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/log.sh"
build_write_log "$(system_go)"

writers=()
stop_servers() { [ ${#writers[@]} = 0 ] || kill "${writers[@]}" 2>/dev/null || true; }

# ---- a module in miniature, and its hash by openssl ----------------------------------------------------------------------
version=v0.0.1-go1.99.0.linux-amd64
module=golang.org/toolchain@$version
zipped=$T/$version.zip
h1() { # of files in the directory, under their names there
  (cd "$1" && find . -type f | cut -c3- | LC_ALL=C sort | xargs sha256sum | openssl dgst -sha256 -binary | base64)
}
mkdir -p "$T/module/$module/bin"
echo go >"$T/module/$module/bin/go"
echo license >"$T/module/$module/LICENSE"
(cd "$T/module" && zip -qrD "$zipped" .)
zip_hash=h1:$(h1 "$T/module")
mkdir "$T/mod" && printf 'module golang.org/toolchain\n' >"$T/mod/go.mod"
mod_hash=h1:$(h1 "$T/mod")

printf '1234 golang.org/toolchain %s %s %s\n' "$version" "$zip_hash" "$mod_hash" >"$T/records"
log() { write_log -records "$T/records" "$@"; }
key=$(log key)
log -size 3000 tree "$T/3000"
log -size 5000 tree "$T/5000"
log -size 5000 -fork 77 tree "$T/fork-5000"
log -size 6000 -fork 77 tree "$T/fork-6000"
log -size 5000 client "$T/gopath" "$module" example.com/m9@v1.0.0
log -size 5000 proof "$T/record.tlog-proof" "$module"

# by WORDS…: verify with the log's key, in a store that starts empty unless `again` is set
by() { "$GOSTRAP" verify "$zipped" --log-key "$key" --log-from "$@"; }
fresh() { rm -rf "$store/checkpoints"; }
shown='^  ok +log: h1:[A-Za-z0-9+/=]+ is record 1234 of a tree of 5000 signed by log.example\+[0-9a-f]{8}$'

for from in "$T/5000" "$T/gopath" "$T/gopath/pkg/mod" "$T/gopath/pkg/mod/cache/download" "$T/record.tlog-proof"; do
  fresh
  expect_exit 0 by "$from" --offline
  expect_match "$shown"
  expect_match "^  ok +log's past: the tree of 5000 is the first of log.example that is kept here"
done
cmp -s "$T/5000/latest" "$store/checkpoints/"log.example+*/latest || fail "the tree is not kept as it came"
ok "lookups and tiles of a tree, what a go command keeps, and a proof in one file, without a network"

expect_exit 0 env GOMODCACHE="$T/gopath/pkg/mod" "$GOSTRAP" verify "$zipped" --log --log-key "$key" --offline
expect_match "$shown"
expect_exit 0 env GOPATH="$T/gopath:/elsewhere" "$GOSTRAP" verify "$zipped" --log --log-key "$key" --offline --json
expect_match '"result": "passed"' "$T/out"
mkdir "$HOME/go" && cp -r "$T/gopath/pkg" "$HOME/go"
expect_exit 0 "$GOSTRAP" verify "$zipped" --log-key "$key" --offline
expect_match "$shown"
rm -r "$HOME/go"
expect_exit 2 "$GOSTRAP" verify "$zipped" --log --offline
expect_match '^  - +log: not shown: .*/go/pkg/mod has no files of sum.golang.org; --offline: the log itself is not asked$' "$T/out"
expect_match 'cannot verify .* by a log: it was not shown to be in it' "$T/err"
ok "the user's module cache is where it is looked for; exit code 2 where it is nowhere"

# ---- over HTTP -----------------------------------------------------------------------------------------------------------
# not through a function: its process is to be killed, not a shell around it
"$T/write-log" -records "$T/records" -size 5000 serve "$T/url" >/dev/null 2>"$T/writer.err" </dev/null &
writers+=("$!")
deadline=$((SECONDS + 60))
until [ -s "$T/url" ]; do
  [ "$SECONDS" -lt $deadline ] || fail "the log does not begin to serve"
  read -rt 0.05 <> <(:) || true
done
url=$(cat "$T/url")
fresh
expect_exit 0 by "$T/3000"
expect_exit 0 by "$url/"
expect_match "$shown"
expect_match "^  ok +log's past: the tree of 5000 has all of the tree of 3000, which was kept before$"
expect_exit 2 by "$url" --offline
expect_match 'names a URL, and --offline never touches the network' "$T/err"
expect_exit 2 by http://127.0.0.1:1 --retries 0
expect_match '^  - +log: not shown: cannot download http://127.0.0.1:1/lookup' "$T/out"
mv "$zipped" "$T/${version/1.99.0/1.99.1}.zip"
expect_exit 2 "$GOSTRAP" verify "$T/${version/1.99.0/1.99.1}.zip" --log-key "$key" --log-from "$url"
expect_match "not shown: $url has no lookup/golang.org/toolchain@v0.0.1-go1.99.1.linux-amd64" "$T/out"
mv "$T/${version/1.99.0/1.99.1}.zip" "$zipped"
ok "the log itself is asked over HTTP: what it has, what it has not, and when it is not there"

# ---- two checkpoints -----------------------------------------------------------------------------------------------------
fresh
expect_exit 0 by "$T/3000"
expect_exit 0 by "$T/5000"
expect_match "the tree of 5000 has all of the tree of 3000, which was kept before"
expect_exit 0 by "$T/record.tlog-proof"
expect_match "^  ok +log's past: the tree of 5000 is the kept one"
cp -r "$T/5000" "$T/older"
cp "$T/3000/lookup/golang.org/"* "$T/older/lookup/golang.org/"
expect_exit 0 by "$T/older"
expect_match "the tree of 5000 has all of the tree of 3000$"
expect_exit 0 by "$T/3000"
expect_match "^  - +log's past: whether the tree of 3000 agrees with the kept one of 5000 is not shown: .* has no tile/8/"
kept=$(echo "$store"/checkpoints/log.example+*/latest)
cmp -s "$T/5000/latest" "$kept" || fail "the larger tree is not the kept one"
ok "a newer tree and an older one are held against the kept one, which is the largest"

expect_exit 1 by "$T/fork-5000"
expect_match "^  FAILED log's past: FORK: log.example has signed two trees that contradict each other, of 5000 and of 5000 "
expect_match "^gostrap: FORK: log.example has signed two trees that contradict each other.*; both are kept" "$T/err"
expect_exit 1 by "$T/fork-6000" --quiet --json
expect_match "FORK: .* of 5000 and of 6000 .*; both are kept" "$T/err"
expect_exit 1 by "$T/fork-6000"
expect_match "^  FAILED log's past: FORK: .* of 5000 and of 6000 "
place=$(sed -n 's/.*both are kept, to be shown to others: \(.*\)\/before and .*/\1/p' "$T/out")
cmp -s "$place/before" "$T/5000/latest" || fail "$place has not the tree of before"
cmp -s "$place/now" "$T/fork-6000/latest" || fail "$place has not the tree of now"
grep -Eqx '[A-Za-z0-9+/]{43}=' "$place/proof" || fail "$place has no proof"
cmp -s "$T/5000/latest" "$kept" || fail "a fork replaced the kept tree"
expect_exit 0 by "$T/5000"
expect_match "a fork of this log was seen before: ${place//+/.}"
expect_exit 0 "$GOSTRAP" prune --apply
[ -e "$place/now" ] || fail "prune takes what was kept"
ok "a fork is loud: exit code 1, both notes are kept and named, and it is told of ever after"

# ---- what is refused, with file and reason -------------------------------------------------------------------------------
lookup=lookup/golang.org/toolchain@$version
# spoiled FILE PERL WHY: a copy of the log with that file changed
spoiled() {
  rm -rf "$T/spoiled" && cp -r "$T/5000" "$T/spoiled"
  perl -0777 -pi -e "$2" "$T/spoiled/$1"
  expect_exit 1 by "$T/spoiled"
  expect_match "^  FAILED log: cannot .*$3" "$T/out"
  expect_match "FAILED log: .*$T/spoiled" "$T/out"
}
fresh
spoiled "$lookup" 's/.*//s' 'its first line is not the number of a record'
spoiled "$lookup" 's/\A1234/12345/' 'there is no record 12345 of a tree of 5000'
spoiled "$lookup" 's/\A1234/1235/' 'the log has another record 1235 of a tree of 5000'
spoiled "$lookup" 's/h1:./h1:-/' 'the log has another record 1234'
spoiled "$lookup" 's/\n5000\n/\n5001\n/' 'its signature by log.example.* is not one of this text'
spoiled "$lookup" 's/\xe2\x80\x94/-/' 'is no line of a signature'
spoiled "$lookup" 's/— log.example/— log.other/' 'it is signed by log.other.*, and not by log.example'
spoiled "$lookup" 's/\z/x/' 'its last line has no end'
spoiled "$lookup" 's/\z/x\n/' 'is no line of a signature'
spoiled "$lookup" 's/golang/go\tlang/' 'is no plain text of UTF-8'
spoiled "$lookup" 's/\A/"9" x 2000000/e' 'larger than 1000000 bytes|is longer'
spoiled tile/8/0/004 's/.\z/x/s' 'its tiles do not make up that tree'
spoiled tile/8/0/004 's/.\z//s' 'it has 8191 bytes, and a tile of 256 hashes has 8192'
spoiled tile/8/1/000.p/19 's/\A/x/' 'it has 609 bytes, and a tile of 19 hashes has 608'
[ ! -e "$store/checkpoints" ] || fail "a tree was kept of what was refused"
rm "$T/spoiled/tile/8/0/004"
cp "$T/5000/tile/8/1/000.p/19" "$T/spoiled/tile/8/1/000.p/19"
expect_exit 2 by "$T/spoiled"
expect_match "^  - +log: not shown: $T/spoiled has no tile/8/0/004, which shows record 1234 of a tree of 5000$"
ok "hostile lookups and tiles are refused, and a tile that is not there is named"

# spoiled_proof PERL WHY
spoiled_proof() {
  cp "$T/record.tlog-proof" "$T/spoiled.tlog-proof"
  perl -0777 -pi -e "$1" "$T/spoiled.tlog-proof"
  expect_exit 1 by "$T/spoiled.tlog-proof"
  expect_match "^  FAILED log: cannot .* in $T/spoiled.tlog-proof: .*$2" "$T/out"
}
spoiled_proof 's/v1/v2/' 'its first line is not c2sp.org/tlog-proof@v1'
spoiled_proof 's/index .*/index x/' 'is no index'
spoiled_proof 's/index 1234/index 1235/' 'record 1235 of a tree of 5000 is another one, or the proof is wrong'
spoiled_proof 's/index 1234/index 9999/' 'it is none of record 9999 of a tree of 5000'
spoiled_proof 's/index 1234\n\K.*?\n//' 'with 12 hashes it is none of record 1234'
spoiled_proof 's/index 1234\n\K/AAAA\n/' 'is not the base64 of a SHA-256'
spoiled_proof 's/\n5000\n/\n5001\n/' 'is not one of this text'
spoiled_proof 's/\n\n.*//s' 'no empty line stands before its checkpoint|no line'
ok "hostile proofs are refused"

cp "$zipped" "$T/good.zip"
echo more >"$T/module/$module/LICENSE"
(cd "$T/module" && zip -q "$zipped" "$module/LICENSE")
expect_exit 1 by "$T/5000"
expect_match '^  FAILED log: the log has another module: record 1234 of a tree of 5000'
expect_match "log:  golang.org/toolchain $version $(sed 's/[+/]/[&]/g' <<<"$zip_hash")$"
expect_exit 1 by "$T/record.tlog-proof"
expect_match 'record 1234 of a tree of 5000 is another one, or the proof is wrong'
mv "$T/good.zip" "$zipped"
ok "another module than the log has: exit code 1"

for bad in '' x a+b 'a b+00000000+AAAA' "${key}x" "x$key" "${key/log/gol}"; do
  expect_exit 2 "$GOSTRAP" verify "$zipped" --log-key "$bad"
  expect_match 'cannot use the key of a log' "$T/err"
done
expect_exit 2 by "$T/nothing"
expect_match 'is neither|neither a directory nor a file' "$T/err"
expect_exit 2 by "$T/module"
expect_match "$T/module has no lookups and tiles of log.example"
expect_exit 2 "$GOSTRAP" verify --official --all --log
expect_match 'goes with neither --all nor --against' "$T/err"
expect_exit 2 "$GOSTRAP" verify "$T/5000/latest" --log-key "$key" --log-from "$T/5000"
expect_match '^  - +log: the log has the zips of modules'
ok "keys, places and files that are none"

# ---- outputs of gostrap --------------------------------------------------------------------------------------------------
fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build "$own_port" --archives --release 1.99.0
archives=$(entry "go1.99.0-archives-$own_dashed")
expect_exit 2 "$GOSTRAP" verify "$(entry go1.99.0-source)" --log-key "$key" --log-from "$T/5000"
expect_match '^  - +log: upstream publishes no module of a source$'
expect_exit 0 "$GOSTRAP" verify --official "$archives" --json
made=$(grep -o "golang.org/toolchain v0.0.1-go1.99.0[^\"]* h1:[^\"]*" "$T/out" | head -n 1 | cut -d' ' -f3)
printf '0 golang.org/toolchain v0.0.1-go1.99.0.%s %s %s\n' "$own_dashed" "$made" "$mod_hash" >"$T/records"
log -size 1 tree "$T/1"
rm -rf "$store/checkpoints"
expect_exit 0 "$GOSTRAP" verify "$archives" --log-key "$key" --log-from "$T/1"
expect_match "^  ok +log: .* is record 0 of a tree of 1 signed by"
ok "archives are looked for by what they are; a log of one record is a log"
