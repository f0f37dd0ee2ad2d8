#!/usr/bin/env bash
# A git server that sends us elsewhere, that is not who it says, or that has something else under the name; and proxies.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/git-origin.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/git-origin.sh"
requires openssl

git_release 1.99.0
repository=$T/git-1.99.0

# ---- redirects -----------------------------------------------------------------------------------------------------
good=$(serve_git "$repository/.git")
good_port=${good#http://127.0.0.1:} && good_port=${good_port%%/*}
url=$(serve_git "$repository/.git" "
  location /host/ { return 301 http://localhost:$good_port/go.git/info/refs?service=git-upload-pack; }
  location /file/ { return 302 file://$repository/.git/info/refs; }
  location /scheme/ { return 302 git://127.0.0.1/go.git/info/refs; }
  location /nowhere/ { add_header Location 'x'; return 302; }
  location /loop/ { return 302 /loop/go.git/info/refs?service=git-upload-pack; }
  location /same/ { return 302 /go.git/info/refs?service=git-upload-pack; }")
at() { printf '%s/%s/go.git\n' "${url%/go.git}" "$1"; }
refused "cannot redirect from '127.0.0.1' to 'localhost'" "$(at host)"
expect_match 'follows no server to another one. If you trust where it leads, name that: --from URL' "$T/err"
refused "cannot redirect from 'http' to 'file'" "$(at file)"
refused "cannot redirect from 'http' to 'git'" "$(at scheme)"
refused 'fetch go1.99.0' "$(at nowhere)"
refused 'too many redirects' "$(at loop)"
served "$(at same)"
ok "redirects to another host, to file:// and in a circle are refused; on the same host they are followed"

# ---- certificates --------------------------------------------------------------------------------------------------
# certificate NAME SUBJECT DAYS [-CA…]: NAME.pem and NAME.key in $T
certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$2" -addext "subjectAltName=DNS:$2" \
    -keyout "$T/$1.key" -out "$T/$1.pem" "${@:3}" 2>"$T/openssl.log" || fail "openssl: $(cat "$T/openssl.log")"
}
certificate authority 'an authority' -days 2
certificate right localhost -days 2 -CA "$T/authority.pem" -CAkey "$T/authority.key"
certificate other other.example -days 2 -CA "$T/authority.pem" -CAkey "$T/authority.key"
certificate selfmade localhost -days 2
openssl req -new -key "$T/right.key" -subj /CN=localhost -out "$T/late.csr" 2>"$T/openssl.log"
printf 'subjectAltName=DNS:localhost\n' >"$T/late.ext"
: >"$T/index.txt" && echo 01 >"$T/serial"
printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s\nserial=%s\nnew_certs_dir=%s\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n' \
  "$T/index.txt" "$T/serial" "$T" >"$T/ca.conf"
openssl ca -config "$T/ca.conf" -batch -notext -in "$T/late.csr" -extfile "$T/late.ext" -cert "$T/authority.pem" \
  -keyfile "$T/authority.key" -startdate 20200101000000Z -enddate 20200201000000Z -out "$T/late.pem" 2>"$T/openssl.log" ||
  fail "openssl ca: $(cat "$T/openssl.log")"
cp "$T/right.key" "$T/late.key"

# tls NAME: serves the repository with that certificate; its URL in $secure
tls() {
  local port
  port=$(free_port)
  serve_git "$repository/.git" \
    "listen 127.0.0.1:$port ssl; ssl_certificate $T/$1.pem; ssl_certificate_key $T/$1.key;" >"$T/tls.url"
  secure=https://localhost:$port/go.git
}
export SSL_CERT_FILE=$T/authority.pem
tls right
served "$secure"
ok "a certificate by an authority that SSL_CERT_FILE names is good"

bad_certificate='the certificate of "localhost" is not valid, or signed by nobody trusted here'
for name in other selfmade late; do
  tls $name
  refused "$bad_certificate" "$secure"
  expect_match 'gostrap does not go on without' "$T/err"
  GIT_SSL_NO_VERIFY=1 refused "$bad_certificate" "$secure"
done
unset SSL_CERT_FILE
tls right
refused "$bad_certificate" "$secure"
printf '[http]\n\tsslVerify = false\n' >"$HOME/.gitconfig"
refused "$bad_certificate" "$secure"
rm "$HOME/.gitconfig"
ok "one for another name, made by nobody, outdated or of an unknown authority is refused, whatever git is told"

SSL_CERT_FILE=$T/nothing.pem refused 'read the certificates that SSL_CERT_FILE or SSL_CERT_DIR names' "$secure"
refused 'fetch go1.99.0' "https://127.0.0.1:$good_port/go.git"
ok "authorities that cannot be read, and a server without TLS, are said"

# ---- proxies -------------------------------------------------------------------------------------------------------
refused 'the host "origin.invalid" is not found' http://origin.invalid/go.git
http_proxy=http://127.0.0.1:$good_port served http://origin.invalid/go.git
http_proxy=http://127.0.0.1:1 refused 'cannot connect to 127.0.0.1:1' "$good"
http_proxy=http://127.0.0.1:1 no_proxy=127.0.0.1 served "$good"
HTTP_PROXY=http://127.0.0.1:1 NO_PROXY=127.0.0.1 served "$good"
ok "http_proxy is used, and no_proxy leaves it out"

export SSL_CERT_FILE=$T/authority.pem
tls right
proxy=$(bad_line "$secure" connect)
https_proxy=${proxy/https/http} served https://localhost:1/go.git
expect_equal "what the proxy was asked for" "CONNECT localhost:1" "$(head -n 1 "$T/newest-line/state.calls")"
https_proxy=http://127.0.0.1:1 refused 'cannot connect to 127.0.0.1:1' "$secure"
http_proxy=http://me:secret@127.0.0.1:1 refused 'cannot connect to 127.0.0.1:1' "$good"
expect_no_match secret "$T/err"
ok "https_proxy too, by CONNECT; a password in it is not repeated"

# ---- something else under the name ---------------------------------------------------------------------------------
git -C "$repository" commit -q --allow-empty -m two
git -C "$repository" tag -f go1.99.0 >"$T/tag.log"
refused "its tag go1.99.0 is on commit $(git -C "$repository" rev-parse HEAD), but go1.99.0 is pinned to commit $commit" "$good"
git -C "$repository" tag -d go1.99.0 >"$T/tag.log"
refused 'it has no tag go1.99.0' "$good"
expect_match 'Bring the mirror up to date \(git fetch --tags\), or name another origin' "$T/err"
ok "a tag that was moved, or is missing"

# The right commit, as git sees it, over a tree that is not the pinned one: the pin of the source decides.
echo 'echo backdoor' >>"$repository/src/make.bash"
git -C "$repository" commit -qam three
git -C "$repository" tag go1.99.0
sed -i "s/\"$commit\"/\"$(git -C "$repository" rev-parse HEAD)\"/" "$releases_file"
refused 'its NAR hash is sha256-.*, but the source of go1.99.0 is pinned to sha256-' "$good"
fake_bootstrap 1.98.0
expect_exit 2 "$GOSTRAP" build riscv64 --release 1.99.0 --from "$good"
expect_match 'These are not the bits of go1.99.0: do not build them' "$T/err"
[ ! -e "$T/runs" ] || fail "make.bash was run on it"
ok "the right commit with another tree is refused, and nothing of it is run"
