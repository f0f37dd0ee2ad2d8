#!/usr/bin/env bash
# attest and verify --attested: what a build showed, signed, and counted by those who have the keys.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires openssl ssh-keygen

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 darwin/arm64 --archives --release 1.99.0
ours=$(entry go1.99.0-archives-linux-riscv64) apple=$(entry go1.99.0-archives-darwin-arm64)
file=go1.99.0.linux-riscv64.tar.gz
publish() { pin_release 1.99.0 "$(json "$releases_file" releases 1.99.0 commit)" "$(source_of 1.99.0)" "$@"; }
digest() { sha256sum "$1" | cut -d' ' -f1; }

cd "$T"
mkdir -p keys
for name in alice bob; do
  expect_exit 0 "$GOSTRAP" key "$T/$name"
  cp "$T/$name.pub" keys/
done
ssh-keygen -q -t ed25519 -N '' -C 'carol' -f "$T/carol"
cp carol.pub keys/

# ---- attest ---------------------------------------------------------------------------------------------------------------
expect_exit 2 "$GOSTRAP" attest "$ours" --key alice --out s
expect_match 'nothing is stated about .*: upstream publishes nothing for this port' "$T/err"
publish "$file" "$(digest "$ours/$file")" go1.99.0.darwin-arm64.tar.gz "$(printf x | sha256sum | cut -d' ' -f1)"
expect_exit 0 "$GOSTRAP" attest "$ours" --key alice --out s
expect_equal "the documents" "s/$file.alice.in-toto.link: canonical
s/$file.alice.dsse.json: canonical" "$(cat "$T/out")"
expect_exit 2 "$GOSTRAP" attest "$apple" --key alice --out s
expect_match "it has Apple's signatures: --against" "$T/err"
expect_exit 2 "$GOSTRAP" attest "$(entry go1.99.0-host-"$own_dashed")" --key alice --out s
expect_match 'it is not archives, but a host|it is not archives, but a toolchain' "$T/err"
expect_exit 2 "$GOSTRAP" attest "$ours" --out s
expect_match 'nobody signs: --key FILE is missing' "$T/err"
ok "what is canonical is stated in two formats; what shows nothing is refused with the reason"

envelope=s/$file.alice.dsse.json type=application/vnd.in-toto+json
json "$envelope" payload | base64 -d >told
json "$envelope" signatures 0 sig | base64 -d >signature
printf 'DSSEv1 %s %s %s ' "${#type}" "$type" "$(wc -c <told)" | cat - told >signed
expect_exit 0 openssl pkeyutl -verify -pubin -inkey alice.pub -rawin -in signed -sigfile signature
ok "openssl alone checks an envelope's signature"

# ---- verify --attested ----------------------------------------------------------------------------------------------------
expect_exit 0 "$GOSTRAP" verify --attested 1 --keys keys --statements s "$ours"
expect_match "^  ok +attested: $file .* was made again, say 1 of 3 keys: alice$" "$T/out"
expect_exit 1 "$GOSTRAP" verify --attested 2 --keys keys --statements s "$ours/$file"
expect_match '^  FAILED attested: .*; 2 are asked for' "$T/out"
expect_exit 0 "$GOSTRAP" attest "$ours" --key carol --out s
expect_exit 0 "$GOSTRAP" verify --attested 2 --keys keys --statements s "$ours/$file"
expect_match 'say 2 of 3 keys: alice, carol$' "$T/out"
expect_exit 1 "$GOSTRAP" verify --attested 2 --keys keys --statements s --withhold carol "$ours/$file"
expect_match 'carol.* does not count: its key carol is withheld' "$T/out"
mkdir download && cp "$ours/$file" s/* download/
expect_exit 0 "$GOSTRAP" verify --offline --attested 2 --keys keys "download/$file"
ok "of downloaded files too, without a build and offline: each key has one vote"

expect_exit 0 "$GOSTRAP" attest "$ours" --key bob --out all.jsonl
expect_exit 0 "$GOSTRAP" attest "$ours" --key alice --out all.jsonl
expect_exit 0 "$GOSTRAP" attest "$ours" --key alice --out all.jsonl
expect_equal "lines, each once" 4 "$(wc -l <all.jsonl)"
expect_exit 0 "$GOSTRAP" verify --attested 2 --keys alice.pub --keys bob.pub --statements all.jsonl "download/$file"
ok "one file may have many documents"

printf 'dave valid-before="20200101Z" %s\n' "$(cut -d' ' -f1,2 carol.pub)" >allowed_signers
expect_exit 1 "$GOSTRAP" verify --attested 1 --keys allowed_signers --statements s "download/$file"
expect_match 'carol.* does not count: the key has expired on 2020-01-01T00:00:00Z' "$T/out"
sed 's/"sha256":"[0-9a-f]/"sha256":"0/' "s/$file.alice.in-toto.link" >altered.link
expect_exit 1 "$GOSTRAP" verify --attested 1 --keys keys --statements altered.link "download/$file"
printf rubbish >rubbish.json
expect_exit 0 "$GOSTRAP" verify --attested 1 --keys keys --statements s --statements rubbish.json "download/$file"
expect_match 'rubbish.json does not count: cannot read rubbish.json' "$T/out"
ok "what has expired, was altered or is no statement does not count, and hides no other"

for words in '--attested 0 --keys keys' '--attested 1' '--keys keys' '--attested 4 --keys keys' '--attested 1 --keys keys --withhold eve'; do
  # shellcheck disable=SC2086 # several words
  expect_exit 2 "$GOSTRAP" verify $words --statements s "download/$file"
done
expect_exit 2 "$GOSTRAP" verify --attested 1 --keys keys --statements https://example.org/s --offline "download/$file"
expect_match 'the network is not to be touched' "$T/err"
ok "words that say nothing together are refused"

# ---- what could not be made again ---------------------------------------------------------------------------------------------
publish "$file" "$(printf theirs | sha256sum | cut -d' ' -f1)"
expect_exit 1 "$GOSTRAP" attest "$ours" --key bob --out no
expect_equal "the document" "no/$file.bob.dsse.json: differs" "$(cat "$T/out")"
mkdir theirs && printf theirs >"theirs/$file"
expect_exit 1 "$GOSTRAP" verify --attested 1 --keys keys --statements no "theirs/$file"
expect_match 'bob could not make it again: no/' "$T/out"
ok "that it differs is stated as well, and told"
