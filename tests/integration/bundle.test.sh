#!/usr/bin/env bash
# bundle create, inspect, diff and install: one file for the air gap.
# shellcheck disable=SC2016 # what stands in single quotes is for other shells
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/bundles.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/bundles.sh"
requires zstd openssl perl
small_store
sdk=$(entry go1.99.0-sdk-linux-riscv64)

expect_exit 2 "$GOSTRAP" bundle create arm64 --release 1.99.0 --out "$T/none.tar.zst"
expect_match 'Build it: gostrap build linux/arm64 --release 1.99.0' "$T/err"
[ ! -e "$T/none.tar.zst" ] || fail "a bundle of nothing"
create "$T/go.tar.zst" riscv64 --host --source --modules "$T/tree" --sign "$T/key"
expect_exit 2 "$GOSTRAP" bundle create riscv64 --release 1.99.0 --out "$T/go.tar.zst"
expect_match 'something is there already' "$T/err"
expect_equal "left-overs" "" "$(find "$T" -maxdepth 1 -name '.*' -not -path "$T")"
ok "create takes what the store has, says how to build what it lacks, and overwrites nothing"

expect_exit 0 "$GOSTRAP" bundle inspect "$T/go.tar.zst"
for name in go1.99.0-source "go1.99.0-host-$own_dashed" go1.99.0-sdk-linux-riscv64 tree; do expect_match "^$name " "$T/out"; done
grep -Fq "signed by $(cat "$T/fingerprint"), which nobody asked for" "$T/out" || fail "who signed: $(cat "$T/out")"
expect_exit 0 "$GOSTRAP" bundle inspect "$T/go.tar.zst" --json
expect_equal "entries" 4 "$(json "$T/out" entries)"
expect_equal "signer" "$(cat "$T/fingerprint")" "$(json "$T/out" signedBy)"
ok "inspect lists entries, sizes and who signed"

# The beginning is enough for it.
mkdir "$T/large"
head -c 3000000 /dev/urandom >"$T/large/noise"
create "$T/large.tar.zst" --modules "$T/large" --sign "$T/key"
head -c 300000 "$T/large.tar.zst" >"$T/head"
expect_exit 0 "$GOSTRAP" bundle inspect "$T/head" --key "$T/key.pub"
expect_match '^large .*1 files, 3.0 MB' "$T/out"
expect_exit 2 "$GOSTRAP" bundle inspect "$T/head" --key "$T/key.pub" --check
ok "inspect reads only the beginning"

expect_exit 0 "$GOSTRAP" bundle inspect "$T/go.tar.zst" --files
expect_match "^[0-9a-f]{64}  go1.99.0-sdk-linux-riscv64/share/go/VERSION$" "$T/out"
expect_match "^-{64}  tree/dir/link -> ../a$" "$T/out"
mkdir "$T/by-tar"
tar -C "$T/by-tar" --zstd -xf "$T/go.tar.zst"
(cd "$T/by-tar" && sed -n 's/\*$//; /^-/!p' "$T/out" | sha256sum --quiet -c)
diff -r "$T/tree" "$T/by-tar/tree"
diff -r "$sdk" "$T/by-tar/go1.99.0-sdk-linux-riscv64"
ok "plain tar unpacks the same trees, and sha256sum finds what inspect says"

openssl pkey -pubin -in "$T/key.pub" -noout
awk '{ print $3 }' "$T/by-tar/gostrap-bundle/index.json.sig" | base64 -d >"$T/signature"
openssl pkeyutl -verify -pubin -inkey "$T/key.pub" -rawin -in "$T/by-tar/gostrap-bundle/index.json" -sigfile "$T/signature" >/dev/null
expect_equal "mode of the private key" 600 "$(stat -c %a "$T/key")"
ok "openssl agrees with the signature"

# ---- into a store ----
expect_exit 2 elsewhere "$GOSTRAP" bundle install "$T/go.tar.zst"
expect_match 'nobody vouches for their pins: go1.99.0' "$T/err"
[ ! -e "$other_store" ] || fail "a refused bundle made a store"
expect_exit 0 elsewhere "$GOSTRAP" bundle install "$T/go.tar.zst" --key "$T/key.pub" --offline
expect_equal "paths" 4 "$(wc -l <"$T/out")"
diff -r "$sdk" "$other_store/${sdk##*/}"
expect_equal "what is writable" "" "$(find "$other_store"/*-go1.99.0-* -perm /222 -not -type l)"
expect_exit 0 elsewhere "$GOSTRAP" verify "$other_store/${sdk##*/}"
expect_exit 0 elsewhere "$GOSTRAP" list
expect_equal "entries listed" 4 "$(wc -l <"$T/out")"
expect_exit 0 elsewhere "$GOSTRAP" exec riscv64 --release 1.99.0 -- go env GOARCH
expect_equal "what it targets" riscv64 "$(cat "$T/out")"
expect_exit 0 elsewhere "$GOSTRAP" build riscv64 --release 1.99.0 --offline
expect_equal "what build finds" "$other_store/${sdk##*/}" "$(cat "$T/out")"
file=$other_store/provenance/${sdk##*/}.json
expect_equal "who signed it" "$(cat "$T/fingerprint")" "$(json "$file" installed signedBy)"
ok "install fills a store: list, verify, exec and build find it, and its provenance says where it came from"

expect_exit 0 elsewhere "$GOSTRAP" build arm64 --release 1.99.0 --offline
expect_match 'go1.99.0-sdk-linux-arm64$' "$T/out"
ok "from the host toolchain in it, SDKs for other ports are made"

expect_exit 0 elsewhere "$GOSTRAP" bundle install "$T/go.tar.zst" --key "$T/key.pub" --json
expect_equal "was there" true "$(json "$T/out" 2 wasThere)"
ok "installing again does nothing"

expect_exit 0 elsewhere "$GOSTRAP" bundle install "$T/go.tar.zst" --key "$T/key.pub" --root "$T/roots/go"
expect_equal "a root each" "go-go1.99.0-host-$own_dashed go-go1.99.0-sdk-linux-riscv64 go-go1.99.0-source go-tree" \
  "$(find "$T/roots" -type l -printf '%f\n' | LC_ALL=C sort | xargs)"
expect_exit 0 elsewhere "$GOSTRAP" prune --older-than 0s --apply
[ -d "$other_store/${sdk##*/}" ] || fail "prune took what a root leads to"
expect_exit 2 elsewhere "$GOSTRAP" bundle install "$T/go.tar.zst" --key "$T/key.pub" --to "$T/rootless" --root "$T/roots/go"
[ ! -e "$T/rootless" ] || fail "a refused install made a directory"
ok "install --root makes a root of each entry, which prune leaves"

# shared files are one, within the bundle and in the store
expect_equal "links of a file of both" "$(stat -c %i "$other_store"/*-host-*/share/go/LICENSE)" \
  "$(stat -c %i "$other_store/${sdk##*/}/share/go/LICENSE")"
ok "equal files are one"

# an SDK alone
create "$T/sdk.tar.zst" riscv64
chmod -R u+w "$T/elsewhere" && rm -rf "$T/elsewhere"
expect_exit 0 elsewhere "$GOSTRAP" bundle install "$T/sdk.tar.zst" --add-releases --root "$T/roots/sdk"
stranger=$(readlink "$T/roots/sdk")
expect_match "^$other_store/[0-9a-f]{32}-go1.99.0-sdk-linux-riscv64$" <(printf '%s\n' "$stranger")
[ "${stranger##*/}" != "${sdk##*/}" ] || fail "what nobody vouches for lies under the key that build computes"
expect_match 'not signed: it is held against its own index only' "$T/err"
expect_exit 0 elsewhere "$GOSTRAP" build riscv64 --release 1.99.0 --offline
expect_equal "what build finds" "$stranger" "$(cat "$T/out")"
expect_match 'is unsigned, from the bundle sha256:' "$T/err"
expect_exit 0 elsewhere "$GOSTRAP" exec riscv64 --release 1.99.0 -- go version
ok "an SDK without its host toolchain is found too"

# ---- into a directory, from a pipe ----
mkfifo "$T/pipe"
cat "$T/go.tar.zst" >"$T/pipe" &
"$GOSTRAP" bundle install - --to "$T/plain" --key "$T/key.pub" <"$T/pipe" >"$T/out" 2>"$T/err" || { cat "$T/err" && fail "from a pipe"; }
diff -r "$T/tree" "$T/plain/tree"
diff -r "$sdk" "$T/plain/go1.99.0-sdk-linux-riscv64"
[ -f "$T/plain/go1.99.0-sdk-linux-riscv64.provenance.json" ] || fail "no provenance"
"$GOSTRAP" bundle create riscv64 --release 1.99.0 --out - 2>/dev/null | "$GOSTRAP" bundle install - --to "$T/piped" >/dev/null 2>&1
diff -r "$sdk" "$T/piped/go1.99.0-sdk-linux-riscv64"
ok "install --to unpacks into a plain directory, also from a pipe"

chmod u+w "$T/plain/tree" "$T/plain/tree/a" && echo other >"$T/plain/tree/a"
expect_exit 2 "$GOSTRAP" bundle install "$T/go.tar.zst" --to "$T/plain" --key "$T/key.pub"
expect_match 'something else is there already' "$T/err"
expect_equal "the other's file" other "$(cat "$T/plain/tree/a")"
ok "what is not the bundle's is not replaced"

# an output that no store made
"$GOSTRAP" source 1.99.0 --out "$T/loose-source" >/dev/null 2>&1
"$GOSTRAP" host --source "$T/loose-source" --bootstrap "$HOME/sdk/go1.98.0" --out "$T/loose-host" >/dev/null 2>&1
"$GOSTRAP" sdk s390x --host "$T/loose-host" --out "$T/loose-sdk" >/dev/null 2>&1
create "$T/loose.tar.zst" "$T/loose-sdk" "$sdk"
expect_exit 0 elsewhere "$GOSTRAP" bundle install "$T/loose.tar.zst" --add-releases
expect_exit 0 elsewhere "$GOSTRAP" exec s390x --release 1.99.0 -- go env GOARCH
expect_equal "what it targets" s390x "$(cat "$T/out")"
ok "outputs are taken from their directories too, and found in the store"

# ---- signatures ----
"$GOSTRAP" key "$T/other" >/dev/null
expect_exit 2 "$GOSTRAP" bundle install "$T/go.tar.zst" --to "$T/refused" --key "$T/other.pub"
grep -Fq "it is signed by $(cat "$T/fingerprint"), and not by SHA256:" "$T/err" || fail "the reason: $(cat "$T/err")"
expect_exit 2 "$GOSTRAP" bundle install "$T/sdk.tar.zst" --to "$T/refused" --key "$T/key.pub"
expect_match 'it is not signed' "$T/err"
expect_exit 2 "$GOSTRAP" bundle install "$T/go.tar.zst" --to "$T/refused" --key "$T/key"
expect_match 'it is a private key' "$T/err"
expect_exit 0 "$GOSTRAP" bundle install "$T/go.tar.zst" --to "$T/accepted" --key "$T/other.pub" --key "$T/key.pub"
[ ! -e "$T/refused" ] || fail "a refused bundle made a directory"
chmod 644 "$T/key"
expect_exit 2 "$GOSTRAP" bundle create riscv64 --release 1.99.0 --out "$T/x.tar.zst" --sign "$T/key"
expect_match 'others than its owner may read it' "$T/err"
chmod 600 "$T/key"
expect_exit 2 "$GOSTRAP" key "$T/key"
expect_match 'is there already' "$T/err"
expect_no_match 'PRIVATE'
ok "with --key, only what one of the keys signed gets in"

# ---- the bill of materials ----
expect_exit 0 "$GOSTRAP" bundle inspect "$T/go.tar.zst" --sbom
expect_equal "format" "CycloneDX 1.6" "$(json "$T/out" bomFormat) $(json "$T/out" specVersion)"
expect_match "\"purl\": \"pkg:generic/go@1.99.0\?vcs_url=git%2Bhttps://go.googlesource.com/go%40$(printf go1.99.0 | sha1sum | cut -d' ' -f1)\"" "$T/out"
expect_match '"cpe": "cpe:2.3:a:golang:go:1.99.0:' "$T/out"
expect_match '"bom-ref": "bootstrap:go1.98.0:' "$T/out"
expect_match '"ref": "entry:go1.99.0-sdk-linux-riscv64"' "$T/out"
diff "$T/out" "$T/by-tar/gostrap-bundle/sbom.cdx.json"
ok "the bill of materials has release, commit, licence, purl, CPE and every rung"

# ---- differences ----
expect_exit 0 "$GOSTRAP" bundle diff "$T/go.tar.zst" "$T/go.tar.zst"
expect_exit 1 "$GOSTRAP" bundle diff "$T/go.tar.zst" "$T/sdk.tar.zst"
expect_match '^- tree$' "$T/out"
expect_no_match 'sdk-linux-riscv64' "$T/out"
echo three >"$T/tree/dir/b"
echo new >"$T/tree/dir/c"
create "$T/changed.tar.zst" --modules "$T/tree" riscv64 --host --source
expect_exit 1 "$GOSTRAP" bundle diff "$T/go.tar.zst" "$T/changed.tar.zst"
expect_equal "differences" "+ tree/dir/c;~ tree/dir/b;" "$(tr '\n' ';' <"$T/out")"
ok "diff tells entries and files"

# ---- media ----
create "$T/parts.tar.zst" riscv64 --split 5000
expect_equal "all parts together" "$(sha256sum <"$T/sdk.tar.zst")" "$(cat "$T"/parts.tar.zst.??? | sha256sum)"
expect_exit 0 "$GOSTRAP" bundle inspect "$T/parts.tar.zst.001" --check
expect_exit 0 "$GOSTRAP" bundle install "$T/parts.tar.zst.001" --to "$T/from-parts"
diff -r "$sdk" "$T/from-parts/go1.99.0-sdk-linux-riscv64"
expect_exit 0 "$GOSTRAP" bundle inspect "$T"/parts.tar.zst.??? --check
expect_exit 2 "$GOSTRAP" bundle inspect "$T/parts.tar.zst.002"
expect_match 'a bundle begins with its first part' "$T/err"
last=$(find "$T" -name 'parts.tar.zst.???' | sort | tail -n 1)
mv "$last" "$T/lost"
expect_exit 2 "$GOSTRAP" bundle install "$T/parts.tar.zst.001" --to "$T/from-fewer"
expect_match "it ends too early and there is no $last" "$T/err"
expect_equal "what is left of it" "" "$(ls -A "$T/from-fewer" 2>/dev/null || true)"
ok "parts for media make one bundle; the one that is missing is named"

# ---- a damaged store makes no bundle ----
chmod -R u+w "$sdk" && echo changed >"$sdk/share/go/doc/go_spec.html"
expect_exit 2 "$GOSTRAP" bundle create riscv64 --release 1.99.0 --out "$T/damaged.tar.zst"
expect_match 'share/go/doc/go_spec.html" is not what its manifest says' "$T/err"
[ ! -e "$T/damaged.tar.zst" ] || fail "a bundle of a damaged entry"
ok "what is damaged is not bundled"
