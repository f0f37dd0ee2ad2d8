#!/usr/bin/env bash
# An archive of the source from web servers that lie, hang up, are slow or silent: the right one or a message, in good time,
# and nothing half done.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/git-origin.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/git-origin.sh"
requires perl openssl nginx

fake_source 1.99.0 "echo ran >>'$T/runs'"
name=go1.99.0.src.tar.gz
archive=$T/$name
tar -C "$T/source" --transform 's|^go1.99.0|go|' -czf "$archive" go1.99.0
published=$(sha256sum <"$archive" | cut -d' ' -f1)
source_digest() { printf '%s\n' "$published"; }
commit=$(printf '%040d' 1)
pin_release 1.99.0 "$commit" "$T/nowhere"

mkdir "$T/git-server-http"
state=$T/git-server-http/state
setsid perl "$GOSTRAP_SOURCE_DIR/tests/lib/lying-http.pl" "$state" "$archive" >"$T/git-server-http/log" 2>&1 </dev/null &
echo $! >"$T/git-server-http/http.pid"
wait_for test -s "$state"
port=$(cat "$state")
at() { printf 'http://127.0.0.1:%s/%s/%s\n' "$port" "$1" "${2-$name}"; }
# asked LIE: what was asked for there, a word each: the first byte, or all
asked() { sed -n "s|^/$1/$name ||p" "$state.calls" | tr '\n' ' '; }

served "$(at right)"
expect_equal "kind in the provenance" archive "$(json "$T/got.provenance.json" making kind)"
expect_equal "origin in the provenance" "$(at right)" "$(json "$T/got.provenance.json" making origin)"
served "$(at right)?key=secret"
expect_no_match secret "$T/err" "$T/got.provenance.json"
served "$(at right other-name.tgz)"
ok "an archive is taken from the web, under its own name or another one"

refused "what came has the SHA-256 [0-9a-f]{64}, and the one that is wanted has $published" "$(at wrong)"
refused 'what came \(it looks like a web page\) has the SHA-256' "$(at page)"
refused "cannot unpack $(at page other-name.zip): " "$(at page other-name.zip)"
refused 'answers with status 404: it has no such file' "$(at lost)"
expect_equal "calls of what is not there" 'all ' "$(asked lost)"
ok "another file, a page and nothing at all are refused"

retries=1 timeout=1
refused 'hung up after [0-9]+ bytes' "$(at short)"
expect_equal "calls of a server that always hangs up" 'all all ' "$(asked short)"
served "$(at cut)"
half=$(($(stat -c %s "$archive") / 2))
expect_equal "calls of one that can go on" "all $half " "$(asked cut)"
ok "a server that hangs up is asked for the rest, where it can give that"

for lie in changed rangeless; do
  served "$(at $lie)"
  expect_match 'does not go on where go1.99.0.src.tar.gz.part ends: it is downloaded from the beginning' "$T/err"
done
served "$(at misplaced)"
expect_match 'has another file by now than go1.99.0.src.tar.gz.part is of' "$T/err"
expect_equal "calls of one that sends another part" "all $half all " "$(asked misplaced)"
ok "what does not belong together is not put together"

retries=2
served "$(at busy)"
expect_equal "calls of one that was busy twice" 'all all all ' "$(asked busy)"
expect_match 'status 503.*; trying again in 1 s' "$T/err"
ok "503 is worth another try"

retries=0 timeout=5
expect_exit 2 "$GOSTRAP" source 1.99.0 --from "$(at endless)" --out "$T/bounded" --max-bytes 1000000 --retries 0
[ ! -e "$T/bounded" ] || fail "a source without an end left something"
expect_match 'it is longer than 1000000 bytes, and more is not accepted' "$T/err"
expect_match 'accept more: --max-bytes N' "$T/err"
expect_equal "what is left in TMPDIR" "" "$(ls -A "$TMPDIR")"
ok "what never ends is cut off"

served "$(at away)"
expect_match "leads to http://localhost:$port/right/$name\?key=\*\*\*" "$T/err"
expect_no_match secret "$T/err"
refused 'it leads elsewhere more than 5 times' "$(at loop)"
refused 'only http:// and https:// are followed' "$(at outside)"
ok "a redirect is followed to another host, with a word; not in a circle, and not to file://"

timeout=0.3
refused '127.0.0.1:[0-9]+ said nothing for 0.3 s' "$(at silent)"
speed=100000000 refused 'it is too slow: [0-9]+ bytes in [0-9.]+ s|said nothing' "$(at trickle)"
timeout=5
refused 'no connection: .*Connection refused' "http://127.0.0.1:1/$name"
refused 'the host is not found: ' "http://nowhere.invalid/$name"
refused 'ftp:// is not a way to reach a git repository or an archive' "ftp://127.0.0.1/$name"
ok "silence, a trickle, and servers that are not there"

start source 1.99.0 --from "$(at silent)" --out "$T/got"
asked_again() { [ "$(asked silent)" = 'all all ' ]; }
until_true asked_again
before=$(milliseconds)
kill -INT "$pid"
ended 130
took=$(($(milliseconds) - before))
[ "$took" -lt 1000 ] || fail "it took $took ms to end"
expect_match '^gostrap: interrupted$' "$T/err"
expect_equal "what is left in TMPDIR" "" "$(ls -A "$TMPDIR")"
ok "a signal ends the waiting ($took ms)"

served "$(at wrong)" "$T/nowhere" "$(at right)"
expect_match 'has the SHA-256 .*; trying the next origin' "$T/err"
expect_exit 0 env GOSTRAP_MIRROR="$(at right)" "$GOSTRAP" source 1.99.0 --out "$T/mirrored"
sed -i "s|\"$T/nowhere\"|\"$(at right)\"|" "$releases_file"
expect_exit 0 "$GOSTRAP" source 1.99.0 --out "$T/pinned"
expect_exit 2 "$GOSTRAP" source 1.99.0 --offline --out "$T/off"
expect_match 'it is on the network, and --offline was given' "$T/err"
ok "one origin among others, GOSTRAP_MIRROR, a release's own; --offline leaves it out"

add() { "$GOSTRAP" release add 1.99.0 --index "$T/index.json" --commit "$commit" --releases "$T/own.json" "$@"; }
expect_exit 0 add --from "$(at right)"
expect_no_match 'not the published source archive' "$T/err"
expect_exit 2 add --from "$(at wrong)"
expect_match 'what came has the SHA-256' "$T/err"
ok "release add takes one too"

# ---- https ---------------------------------------------------------------------------------------------------------
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost -days 2 \
  -addext subjectAltName=DNS:localhost -keyout "$T/key.pem" -out "$T/certificate.pem" 2>"$T/openssl.log" ||
  fail "openssl: $(cat "$T/openssl.log")"
secure_port=$(free_port)
serve_git "$T" "
  listen 127.0.0.1:$secure_port ssl; ssl_certificate $T/certificate.pem; ssl_certificate_key $T/key.pem;
  location /files/ { alias $T/; }
  location /down/ { return 302 http://127.0.0.1:$port/right/$name; }" >"$T/tls.url"
secure=https://localhost:$secure_port
refused 'the certificate of localhost:[0-9]+ is not valid, or signed by nobody trusted here' "$secure/files/$name"
SSL_CERT_FILE=$T/nothing.pem refused 'SSL_CERT_FILE or SSL_CERT_DIR names .* cannot be read' "$secure/files/$name"
export SSL_CERT_FILE=$T/certificate.pem
served "$secure/files/$name"
refused "leads to http://127.0.0.1:$port/right/$name, from https to what anybody on the way can change" "$secure/down/$name"
https_proxy=http://127.0.0.1:1 refused 'no connection: ' "$secure/files/$name"
https_proxy=http://127.0.0.1:1 no_proxy=localhost served "$secure/files/$name"
http_proxy=http://127.0.0.1:$port served http://origin.invalid/right/$name
ok "https by the authorities that are trusted, never down to http; and by a proxy"
