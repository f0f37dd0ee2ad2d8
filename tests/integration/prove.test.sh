#!/usr/bin/env bash
# The proof of a whole release: a table, a document and a page of every port; archives held against downloads.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires zip unzip

fake_bootstrap 1.98.0
fake_release 1.99.0
digest() { sha256sum "$1" | cut -d' ' -f1; }
archive_of() { printf '%s\n' "$(entry "go1.99.0-archives-$1")/go1.99.0.$1.tar.gz"; }
# publish NAME DIGEST…: what upstream is said to have published
publish() { pin_release 1.99.0 "$(json "$releases_file" releases 1.99.0 commit)" "$(source_of 1.99.0)" "$@"; }
# verdict PORT: as the document has it
verdict() { perl -MJSON::PP -0777 -ne 'BEGIN { $port = shift } for (@{decode_json($_)->{ports}}) { print $_->{verdict} if $_->{port} eq $port }' "$1" "$T/out"; }

expect_exit 2 "$GOSTRAP" verify --official --all --release 1.99.0
expect_match 'the store has none of its archives' "$T/err"
expect_match 'gostrap build --all --archives --release 1.99.0' "$T/err"
ok "nothing made is nothing proved"

expect_exit 0 "$GOSTRAP" build linux/{riscv64,s390x,loong64} darwin/arm64 --archives --release 1.99.0
riscv=$(archive_of linux-riscv64) apple=$(archive_of darwin-arm64)
wrong=$(printf 'x' | sha256sum | cut -d' ' -f1)
publish go1.99.0.linux-riscv64.tar.gz "$(digest "$riscv")" go1.99.0.darwin-arm64.tar.gz "$wrong" \
  go1.99.0.linux-s390x.tar.gz "$(digest "$(archive_of linux-s390x)")" go1.99.0.windows-amd64.zip "$wrong"
expect_exit 0 "$GOSTRAP" verify --official --all --release 1.99.0 --html "$T/page.html"
expect_match "^linux/riscv64 +canonical +${riscv:+$(digest "$riscv" | cut -c1-12)} " "$T/out"
expect_match '^darwin/arm64 +not comparable .*Apple.s signatures' "$T/out"
expect_match '^js/wasm +not published .*cannot start the compiler' "$T/out"
expect_match '^windows/amd64 +not built .*gostrap build windows/amd64 --archives --release 1.99.0' "$T/out"
expect_match '^linux/loong64 +not published .*upstream publishes no archive of it' "$T/out"
expect_match '^go1.99.0: 2 canonical, 1 not comparable, 7 not published, 1 not built$' "$T/out"
ok "the table says of every port what it is, or why it cannot be said"

expect_equal "tags that do not match" "" "$(perl -0777 -ne 's/<style>.*?<\/style>//s; my @open;
  while (/<(\/?)([a-z0-9]+)[^>]*?(\/?)>/g) {
    next if $3 or $2 =~ /^(meta|br)$/;
    if (!$1) { push @open, $2 } elsif (pop(@open) ne $2) { print "$2 "; last }
  } print "@open"' "$T/page.html")"
expect_no_match '(src|href)=|@import|url\(' "$T/page.html"
expect_match 'Go 1.99.0: 2 of the 4 published archives' "$T/page.html"
expect_match "$(digest "$riscv")" "$T/page.html"
expect_match '<title>go1.99.0-toolchain-linux-riscv64: Compiling and linking the commands' "$T/page.html"
expect_match '<title>go1.99.0-archives-linux-riscv64: Packing go1.99.0.linux-riscv64.tar.gz' "$T/page.html"
expect_match "go1.99.0-host-$own_dashed: Building Go toolchain2" "$T/page.html"
expect_match 'go1.98.0' "$T/page.html"
expect_match 'Published and not built here; .*:</span> windows/amd64</p>' "$T/page.html"
expect_match 'Not published: a wasm program cannot .*:</span> js/wasm, wasip1/wasm</p>' "$T/page.html"
expect_match 'v0.0.1-go1.99.0.linux-riscv64</td><td><code>h1:' "$T/page.html"
ok "the page needs nothing from outside, and tells source, rungs, phases and checksums"

expect_exit 0 "$GOSTRAP" verify --official --all --release 1.99.0 --json
expect_equal "canonical" 2 "$(json "$T/out" counts canonical)"
expect_equal "verdict on linux/riscv64" canonical "$(verdict linux/riscv64)"
expect_equal "verdict on windows/amd64" "not built" "$(verdict windows/amd64)"
expect_match '"zip": "h1:[A-Za-z0-9+/]{43}="' "$T/out"
ok "--json: one document of the same"

# the h1 hash of the zip as https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash has it, by hand
module=${riscv%/*}/v0.0.1-go1.99.0.linux-riscv64
mkdir "$T/module" && (cd "$T/module" && unzip -q "$module.zip")
by_hand=h1:$(cd "$T/module" && find . -type f | sed 's|^\./||' | LC_ALL=C sort | xargs sha256sum |
  perl -MDigest::SHA=sha256 -MMIME::Base64 -0777 -ne 'print encode_base64(sha256($_), "") =~ s/[+]/[+]/gr')
expect_match "golang.org/toolchain v0.0.1-go1.99.0.linux-riscv64 $by_hand" <("$GOSTRAP" verify --official "${riscv%/*}")
ok "the module's hashes are those of the checksum database"

publish go1.99.0.linux-riscv64.tar.gz "$wrong"
expect_exit 1 "$GOSTRAP" verify --official --all --release 1.99.0 --html "$T/page.html"
expect_match '^linux/riscv64 +differs .*the bits differ' "$T/out"
expect_match '1 of what was made is not what upstream published' "$T/page.html"
ok "a difference: exit code 1"

publish go1.99.0.linux-riscv64.tar.gz "$(digest "$riscv")"
cp "$riscv" "$T/kept"
chmod u+w "$riscv" "${riscv%/*}" && printf x >>"$riscv"
expect_exit 1 "$GOSTRAP" verify --official --all --release 1.99.0
expect_match '^linux/riscv64 +differs .*damaged since it was made: gostrap verify --repair' "$T/out"
cat "$T/kept" >"$riscv" && chmod a-w "$riscv" "${riscv%/*}"
ok "damage is not taken for another build"

# ---- --against -----------------------------------------------------------------------------------------------------
expect_exit 0 "$GOSTRAP" verify --against "$T/kept" "$riscv"
expect_match 'against .*/kept: the same bits' "$T/out"
mkdir "$T/unpacked" && tar -xzf "$riscv" -C "$T/unpacked"
# repack NAME: the files whose names come in, in that order
repack() {
  tar --no-recursion --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u+rw,go+r,go-w,a+X -C "$T/unpacked" -cf - -T - |
    gzip -1n >"$1"
}
tar -tf "$riscv" | repack "$T/again.tar.gz"
expect_exit 0 "$GOSTRAP" verify --against "$T/again.tar.gz" "$riscv"
expect_match 'the same but for code signatures: [0-9]+ entries, 0 of them signed' "$T/out"
echo x >>"$T/unpacked/VERSION" && rm "$T/unpacked/LICENSE" && touch "$T/unpacked/more" && chmod +x "$T/unpacked/go.env"
{ tar -tf "$riscv" | grep -v LICENSE && echo ./more; } | repack "$T/changed.tar.gz"
expect_exit 1 "$GOSTRAP" verify --against "$T/changed.tar.gz" "$riscv"
expect_match '4 differences beside code signatures' "$T/out"
expect_match 'VERSION has other contents' "$T/out"
expect_match 'LICENSE is not in the other archive' "$T/out"
expect_match 'more is not in ours' "$T/out"
expect_match 'go.env has mode 0644, there 0755' "$T/out"
head -c 2000 "$T/again.tar.gz" >"$T/cut.tar.gz"
expect_exit 2 "$GOSTRAP" verify --against "$T/cut.tar.gz" "$riscv"
expect_exit 2 "$GOSTRAP" verify --against "$T/nothing" "$riscv"
ok "--against tells contents, modes and names that differ; a damaged archive is refused"

# with a directory of downloads the table speaks of Apple's archives too
mkdir "$T/downloads"
rm -r "$T/unpacked" && mkdir "$T/unpacked" && tar -xzf "$apple" -C "$T/unpacked"
tar -tf "$apple" | repack "$T/downloads/${apple##*/}"
publish "${apple##*/}" "$(digest "$T/downloads/${apple##*/}")"
expect_exit 0 "$GOSTRAP" verify --official --all --release 1.99.0 --against "$T/downloads"
expect_equal "the table" 1 "$(grep -Ec '^darwin/arm64 +(canonical|canonical but for signatures) ' "$T/out")"
echo x >>"$T/unpacked/VERSION" && tar -tf "$apple" | repack "$T/downloads/${apple##*/}"
expect_exit 0 "$GOSTRAP" verify --official --all --release 1.99.0 --against "$T/downloads"
expect_match '^darwin/arm64 +not comparable .*is not the archive that upstream published' "$T/out"
publish "${apple##*/}" "$(digest "$T/downloads/${apple##*/}")"
expect_exit 1 "$GOSTRAP" verify --official --all --release 1.99.0 --against "$T/downloads"
expect_match '^darwin/arm64 +differs .*VERSION has other contents' "$T/out"
ok "downloads decide where a checksum cannot"

# ---- goproxy -------------------------------------------------------------------------------------------------------
expect_exit 0 "$GOSTRAP" goproxy "${riscv%/*}" "${apple%/*}" --out "$T/proxy"
expect_match "GOTOOLCHAIN=go1.99.0 GOPROXY=file://$T/proxy GONOSUMDB=golang.org/toolchain go version" "$T/err"
expect_equal "what it holds" "list
v0.0.1-go1.99.0.darwin-arm64.info
v0.0.1-go1.99.0.darwin-arm64.mod
v0.0.1-go1.99.0.darwin-arm64.zip
v0.0.1-go1.99.0.linux-riscv64.info
v0.0.1-go1.99.0.linux-riscv64.mod
v0.0.1-go1.99.0.linux-riscv64.zip" "$(ls "$T/proxy/golang.org/toolchain/@v")"
expect_equal "the list" "v0.0.1-go1.99.0.darwin-arm64
v0.0.1-go1.99.0.linux-riscv64" "$(cat "$T/proxy/golang.org/toolchain/@v/list")"
expect_exit 2 "$GOSTRAP" goproxy "${riscv%/*}" --out "$T/proxy"
expect_exit 2 "$GOSTRAP" goproxy "$(entry go1.99.0-toolchain-linux-riscv64)" --out "$T/other"
expect_match 'it is a toolchain, and has no module' "$T/err"
[ ! -e "$T/other" ] || fail "a refused goproxy left an output"
ok "goproxy lays modules out as a module proxy has them"
