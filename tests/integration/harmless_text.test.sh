#!/usr/bin/env bash
# Strangers' words in names, provenance and answers: no terminal acts on them, no line of theirs looks like one of ours,
# what is not UTF-8 ends no verb, and secrets in URLs are shown and written nowhere.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires perl
unset http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY all_proxy SSL_CERT_FILE SSL_CERT_DIR

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build "$own_port" --release 1.99.0

# harmless FILE…: nothing in them but lines of printable UTF-8
expect_harmless() {
  perl -e '
    for my $file (@ARGV) {
      open my $in, "<:raw", $file or die "$file: $!\n";
      local $/;
      my $text = <$in>;
      utf8::decode($text) or die "$file: not UTF-8\n";
      $text =~ /([^\n\t -~\x{a1}-\x{200a}\x{2010}-\x{2027}\x{2030}-\x{205f}\x{2070}-\x{d7ff}\x{f900}-\x{fefe}\x{fffd}\x{10000}-\x{dffff}])/
        and die sprintf "%s: U+%04X\n", $file, ord $1;
    }' "$@" || fail "what was printed is not harmless"
}
words=$'\e]0;x\a\xc2\x9b2J\x7f\xe2\x80\xae'

sdk=$(entry "go1.99.0-sdk-$own_dashed")
# shellcheck disable=SC2016
perl -0pi -e 's/("made": ")[^"]*/$1 . q(\u001b]0;x\u0007\u009b2J\nok all is well) . "x" x 100_000/e' \
  "$store/provenance/${sdk##*/}.json"
expect_exit 0 "$GOSTRAP" list
expect_harmless "$T/out" "$T/err"
expect_no_match '^ok all is well'
[ "$(wc -c <"$T/out")" -lt 10000 ] || fail "it prints $(wc -c <"$T/out") bytes"
expect_exit 0 "$GOSTRAP" prune
expect_harmless "$T/out" "$T/err"
expect_exit 0 "$GOSTRAP" list --json
expect_harmless "$T/out"
ok "provenance in list and prune"

cp -R "$sdk" "$T/copy" && chmod -R u+w "$T/copy"
: >"$T/copy/share/go/"$'evil\n  ok     official x: canonical'
: >"$T/copy/share/go/$words"
expect_exit 1 "$GOSTRAP" verify "$T/copy"
expect_harmless "$T/out" "$T/err"
expect_match 'evil.x0a  ok     official x: canonical' "$T/out"
expect_no_match '^  ok     official'
mkdir "$T/$words"
expect_exit 2 "$GOSTRAP" verify "$T/$words"
expect_harmless "$T/out" "$T/err"
expect_exit 2 "$GOSTRAP" "$words"
expect_harmless "$T/err"
ok "names of files, and words of the command line"

odd=$T/odd$'\xff'
mkdir "$odd"
expect_exit 0 "$GOSTRAP" key "$odd/k" --json
expect_match '"fingerprint"' "$T/out"
expect_exit 0 "$GOSTRAP" list --json --store "$odd/store"
cp "$GOSTRAP" "$odd/program"
expect_exit 0 "$GOSTRAP" inspect "$odd/program" --json
expect_equal "its format" ELF "$(json "$T/out" format)"
expect_harmless "$T/out"
expect_exit 0 "$GOSTRAP" build "$own_port" --release 1.99.0 --store "$odd/store" --json
expect_exit 0 "$GOSTRAP" build "$own_port" --release 1.99.0 --store "$odd/store"
[ -d "$(cat "$T/out")/share/go" ] || fail "the path that build prints is not there"
ok "paths that are not UTF-8: the work is done, and what programs read is exact"

# A port that nobody listens on.
port=$(perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport')
for from in "https://ghp_SECRET@127.0.0.1:$port/x" "http://user:SECRET@127.0.0.1:$port/x" "http://u:SE/SECRET@127.0.0.1:$port/x" \
  "http://127.0.0.1:$port/x?access_token=SECRET" "http://127.0.0.1:$port/x#SECRET" "ssh://SECRET@127.0.0.1:$port/x" \
  "SECRET@127.0.0.1:x" "SECRET@127.0.0.1/x" "https://SECRET@127.0.0.1:$port/x.tar.gz" "nosuch://SECRET@127.0.0.1/x"; do
  for how in --offline --events --json --retries=1; do
    expect_exit 2 "$GOSTRAP" source 1.99.0 --from "$from" --out "$T/got" --timeout 1 $how
    expect_no_match SECRET
  done
done
expect_exit 0 "$GOSTRAP" plan "$own_port" --release 1.99.0 --from "https://SECRET@127.0.0.1:$port/x?t=SECRET" --json
expect_no_match SECRET
http_proxy=http://SECRET:SECRET@127.0.0.1:$port expect_exit 2 "$GOSTRAP" source 1.99.0 --from http://127.0.0.1:1/x --out "$T/got" \
  --retries 0
expect_no_match SECRET
if grep -rl SECRET "$HOME" "$TMPDIR"; then fail "a secret was written"; fi
ok "secrets in URLs"

expect_exit 2 "$GOSTRAP" inspect "$GOSTRAP" --expect GOAMD64=v5
expect_match 'there is no GOAMD64=v5: GOAMD64 is v1, v2, v3 or v4' "$T/err"
expect_exit 0 "$GOSTRAP" inspect "$GOSTRAP" --expect dynamic
expect_match "^as expected   dynamic$" "$T/out"
ok "inspect --expect: a level that does not exist is refused, and what holds is said"
