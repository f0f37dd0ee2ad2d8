#!/usr/bin/env bash
# Go's vulnerability database: outdated, list and inspect with --advisories and --fail-on.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/git-origin.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/git-origin.sh"
requires zip perl

# advisory ID MODULE INTRODUCED [FIXED]: a file of the database, as Go writes it; without FIXED it is not fixed.
advisory() {
  local events="{\"introduced\": \"$3\"}"
  [ -z "${4-}" ] || events+=", {\"fixed\": \"$4\"}"
  mkdir -p "$T/db"
  cat >"$T/db/$1.json" <<JSON
{"schema_version": "1.3.1", "id": "$1", "aliases": ["CVE-2099-${1##*-}"], "summary": "A flaw in $2",
 "affected": [{"package": {"name": "$2", "ecosystem": "Go"},
   "ranges": [{"type": "SEMVER", "events": [$events]}]}],
 "database_specific": {"url": "https://pkg.go.dev/vuln/$1"}}
JSON
}

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
advisory GO-2099-0001 stdlib 0 1.99.3
advisory GO-2099-0002 stdlib 1.99.0-0 1.99.7
advisory GO-2099-0003 toolchain 0
advisory GO-2099-0004 stdlib 0 1.98.2
advisory GO-2099-0005 example.com/m 0 1.5.0

expect_exit 0 "$GOSTRAP" outdated --offline --advisories "$T/db"
expect_match '^  2 advisories of the standard library, fixed in 1.99.7$' "$T/out"
expect_match '^  1 advisory of the toolchain, not fixed yet$' "$T/out"
expect_match '^    GO-2099-0001 CVE-2099-0001, fixed in 1.99.3: A flaw in stdlib$' "$T/out"
expect_no_match 'GO-2099-000[45]' "$T/out"
expect_exit 0 env GOSTRAP_ADVISORIES="$T/db" "$GOSTRAP" outdated --json
expect_equal "advisories" 3 "$(json "$T/out" 0 advisories)"
expect_equal "its ID" GO-2099-0002 "$(json "$T/out" 0 advisories 1 id)"
expect_equal "its fix" 1.99.7 "$(json "$T/out" 0 advisories 1 fixed)"
expect_equal "its alias" CVE-2099-0002 "$(json "$T/out" 0 advisories 1 aliases 0)"
expect_exit 0 "$GOSTRAP" outdated --json
expect_no_match advisories "$T/out"
ok "outdated names the advisories of each release, where a database is named, by option or variable"

expect_exit 0 "$GOSTRAP" list --advisories "$T/db"
expect_match '^go1.99.0: 2 advisories of the standard library, fixed in 1.99.7; 1 advisory of the toolchain, not fixed yet$' "$T/out"
expect_exit 0 "$GOSTRAP" list --advisories "$T/db" --json
expect_equal "of an entry" 3 "$(json "$T/out" 0 advisories)"
ok "list says how many"

for words in any stdlib toolchain fixed GO-2099-0003 CVE-2099-0001 modules,fixed; do
  expect_exit 1 "$GOSTRAP" list --advisories "$T/db" --fail-on "$words"
  expect_exit 1 "$GOSTRAP" outdated --advisories "$T/db" --fail-on "$words"
done
for words in modules GO-2099-0004 example.com/m; do
  expect_exit 0 "$GOSTRAP" list --advisories "$T/db" --fail-on "$words"
done
expect_exit 2 "$GOSTRAP" list --advisories "$T/db" --fail-on everything
expect_match 'not "everything"' "$T/err"
expect_exit 2 "$GOSTRAP" list --fail-on any
expect_match 'GOSTRAP_ADVISORIES' "$T/err"
ok "--fail-on is exit code 1 for what it names, and for nothing else"

# program FILE GO DEP…: an ELF file with build information as Go's linker lays it out
program() {
  perl -e '
    my ($file, $go, @deps) = @ARGV;
    my $info = "path\texample.com/p\nmod\texample.com/p\t(devel)\t\n" . join("", map { "dep\t$_\n" } @deps) . "build\tGOOS=linux\nbuild\tGOARCH=amd64\n";
    my $marked = pack("H*", "3077af0c9274080241e1c107e6d618e6") . $info . pack("H*", "f932433186182072008242104116d8f2");
    my ($size, $rest) = ("", length $marked);
    while (1) { $size .= chr(($rest & 0x7f) | ($rest > 0x7f ? 0x80 : 0)); last if $rest <= 0x7f; $rest >>= 7 }
    my $data = "\xff Go buildinf:\x08\x02" . "\0" x 16 . chr(length $go) . $go . $size . $marked;
    my $head = "\x7fELF\2\1\1" . "\0" x 9 . pack("vvVQQQVvvvvvv", 2, 62, 1, 0, 64, 0, 0, 64, 56, 1, 64, 0, 0);
    $head .= pack("VVQQQQQQ", 1, 6, 128, 0x1000, 0x1000, length $data, length $data, 16) . "\0" x 8;
    open my $out, ">:raw", $file or die; print $out $head . $data; close $out or die' "$@"
}
program "$T/p" go1.99.0 $'example.com/m\tv1.4.0\th1:x=' $'example.com/o\tv1.0.0\n=>\t./o\t'
expect_exit 0 "$GOSTRAP" inspect "$T/p" --advisories "$T/db"
expect_match '^advisory      go1.99.0 GO-2099-0001 CVE-2099-0001, fixed in 1.99.3' "$T/out"
expect_match '^advisory      example.com/m v1.4.0 GO-2099-0005 CVE-2099-0005, fixed in 1.5.0' "$T/out"
expect_match '^not looked up example.com/o is replaced by ./o, which has no version$' "$T/out"
expect_no_match GO-2099-0003 "$T/out"
expect_exit 1 "$GOSTRAP" inspect "$T/p" --advisories "$T/db" --fail-on example.com/m
program "$T/p" go1.99.7 $'example.com/m\tv1.4.0\n=>\texample.com/m\tv1.5.0\t'
expect_exit 0 "$GOSTRAP" inspect "$T/p" --advisories "$T/db" --fail-on any
expect_match '^no advisories' "$T/out"
expect_exit 0 "$GOSTRAP" inspect "$T/p" --advisories "$T/db" --fail-on any --json
expect_equal "none" 0 "$(json "$T/out" advisories)"
program "$T/p" 'devel go1.99-abc'
expect_exit 0 "$GOSTRAP" inspect "$T/p" --advisories "$T/db"
expect_match '^not looked up the standard library is that of "devel go1.99-abc", which is no release$' "$T/out"
expect_exit 2 "$GOSTRAP" inspect "$T/p" --advisories "$T/db" --fail-on any
expect_exit 2 "$GOSTRAP" inspect "$GOSTRAP" --advisories "$T/db" --fail-on any
expect_match 'it has no build information' "$T/err"
ok "inspect: by a program's Go and modules; where nobody can say, --fail-on does not pass"

expect_exit 0 "$GOSTRAP" bundle create riscv64 --release 1.99.0 --out "$T/plain.tar.zst"
expect_exit 0 env GOSTRAP_ADVISORIES="$T/db" "$GOSTRAP" bundle create riscv64 --release 1.99.0 --out "$T/same.tar.zst"
cmp "$T/plain.tar.zst" "$T/same.tar.zst"
expect_exit 0 "$GOSTRAP" bundle create riscv64 --release 1.99.0 --advisories "$T/db" --out "$T/told.tar.zst"
expect_exit 0 "$GOSTRAP" bundle inspect "$T/told.tar.zst" --sbom
expect_equal "of the SDK" 3 "$(json "$T/out" vulnerabilities)"
expect_equal "its fix" "Fixed in Go 1.99.3" "$(json "$T/out" vulnerabilities 0 recommendation)"
expect_match '"ref": "entry:go1.99.0-sdk-linux-riscv64"' "$T/out"
expect_no_match '"analysis"' "$T/out"
expect_exit 0 "$GOSTRAP" bundle install "$T/told.tar.zst" --to "$T/installed"
ok "a bundle's bill of materials has them where the option names a database; the variable changes no bundle"

mkdir "$T/zip"
cp -R "$T/db" "$T/zip/ID"
mkdir "$T/zip/index"
echo '[]' >"$T/zip/index/modules.json"
(cd "$T/zip" && zip -qr "$T/vulndb.zip" ID index)
expect_exit 1 "$GOSTRAP" list --advisories "$T/vulndb.zip" --fail-on any
expect_exit 1 "$GOSTRAP" list --advisories "$T/zip" --fail-on any
mkdir "$T/git-server-http"
state=$T/git-server-http/state
setsid perl "$GOSTRAP_SOURCE_DIR/tests/lib/lying-http.pl" "$state" "$T/vulndb.zip" >"$T/git-server-http/log" 2>&1 </dev/null &
echo $! >"$T/git-server-http/http.pid"
wait_for test -s "$state"
url=http://127.0.0.1:$(cat "$state")
expect_exit 1 "$GOSTRAP" list --advisories "$url/right" --fail-on any
expect_match 'comes over http' "$T/err"
expect_exit 1 "$GOSTRAP" list --advisories "$url/right/vulndb.zip" --fail-on any
grep -q '^right/vulndb.zip\|^/right/vulndb.zip' "$state.calls" || fail "it was not asked for: $(cat "$state.calls")"
expect_exit 2 "$GOSTRAP" list --advisories "$url/page"
ok "a zip, a directory of what was in it, and a URL"

expect_exit 2 "$GOSTRAP" list --offline --advisories "$url/right"
expect_match 'on the network, and --offline was given' "$T/err"
expect_exit 0 env GOSTRAP_ADVISORIES="$url/right" "$GOSTRAP" list --offline
expect_match 'no advisories: GOSTRAP_ADVISORIES is on the network' "$T/err"
expect_exit 2 env GOSTRAP_ADVISORIES="$url/right" "$GOSTRAP" list --offline --fail-on any
expect_exit 2 "$GOSTRAP" list --advisories "$url/lost"
expect_match 'By hand' "$T/err"
ok "the network only where it may be touched"

printf '{"name": "stdlib", "id": "A", "id": "B"}' >"$T/db/twice.json"
perl -e 'print "{\"name\": \"stdlib\", \"x\": " . "[" x 100_000' >"$T/db/deep.json"
perl -e 'print " " x 5_000_000' >"$T/db/large.json"
expect_exit 0 "$GOSTRAP" list --advisories "$T/db"
expect_match 'skipped the advisory .*twice.json: .*stands twice' "$T/err"
expect_match 'skipped the advisory .*deep.json' "$T/err"
expect_match 'skipped the advisory .*large.json: it is larger than' "$T/err"
expect_match '^go1.99.0: 2 advisories' "$T/out"
expect_exit 2 "$GOSTRAP" list --advisories "$T/db" --fail-on any
expect_match '3 files of the database cannot be read' "$T/err"
mkdir "$T/empty"
for place in "$T/empty" "$T/p" "$T/nowhere" ""; do
  expect_exit 2 "$GOSTRAP" list --advisories "$place"
done
ok "hostile files are skipped with file and reason, and --fail-on does not pass over them"
