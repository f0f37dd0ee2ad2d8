#!/usr/bin/env bash
# A bundle that nobody vouches for does not become the user's tool: what it brings is used where there is nothing else,
# named each time, and never to make anything. docs/TRUST.md has the rules.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
# shellcheck source=tests/lib/bundles.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/bundles.sh"
# shellcheck source=tests/lib/evil.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/evil.sh"
requires zstd perl
small_store
name=go1.99.0-sdk-linux-riscv64
sdk=$(entry "$name")
host=$(entry "go1.99.0-host-$own_dashed")

# The stranger's store: the same keys and names, other bits, made in 2099 by what its provenance says.
strangers_store
sed -i 's/"made": "[^"]*"/"made": "2099-01-01T00:00:00Z"/' "$T/stranger/store/provenance"/*.json
strangers_bundle "$T/evil.tar.zst" riscv64 --host
"$GOSTRAP" key "$T/theirs" >/dev/null
strangers_bundle "$T/evil-signed.tar.zst" riscv64 --host --sign "$T/theirs"

# used REGEX: what `exec` takes, by the path of its go command
used() { expect_exit 0 "$GOSTRAP" exec riscv64 --release 1.99.0 -- sh -c 'command -v go' && expect_match "$1" "$T/out"; }

for bundle in "$T/evil.tar.zst" "$T/evil-signed.tar.zst"; do
  expect_exit 0 "$GOSTRAP" bundle install "$bundle"
  expect_match 'where there is nothing else; gostrap itself makes nothing of it until' "$T/err"
  used "^$sdk/"
  expect_no_match 'unsigned|vouches' "$T/err"
  expect_exit 0 "$GOSTRAP" env riscv64 --release 1.99.0 --json
  expect_equal "the SDK that env names" "$sdk" "$(json "$T/out" sdk)"
  expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --offline
  expect_equal "what build names" "$sdk" "$(cat "$T/out")"
  expect_exit 0 "$GOSTRAP" build arm64 --release 1.99.0 --offline
  not_pwned
  expect_exit 0 "$GOSTRAP" list
  expect_match "sdk go1.99.0 linux/riscv64 \((unsigned|signed by SHA256:[^ ]*, whom nobody here vouched for), from the bundle sha256:[0-9a-f]{64}\)" "$T/out"
  expect_equal "entries of 2099" "" "$(grep 2099 "$T/out" || true)"
  expect_exit 0 "$GOSTRAP" prune --json
  expect_equal "what prune would remove of ours" "" "$(grep -o "$sdk\|$host" "$T/out" | head -n 1 | grep -v . || true)"
  expect_exit 0 "$GOSTRAP" prune --apply
  if [ ! -d "$sdk" ] || [ ! -d "$host" ]; then fail "prune removed what was built here"; fi
  not_pwned
done
ok "neither the newest by its own word, nor a signature of nobody's, wins over what was built here"

# Into a store that has nothing: the very key that build computes is not theirs to take.
as_other() { env HOME="$T/other" XDG_DATA_HOME= XDG_CONFIG_HOME= "$GOSTRAP" "$@"; }
mkdir -p "$T/other/.config/gostrap"
cp "$releases_file" "$T/other/.config/gostrap/"
other=$T/other/.local/share/gostrap/store
expect_exit 0 as_other bundle install "$T/evil.tar.zst"
[ ! -e "$other/${sdk##*/}" ] || fail "it lies under the key that build computes"
expect_exit 0 as_other exec riscv64 --release 1.99.0 -- true
expect_match "sdk go1.99.0 linux/riscv64 is unsigned, from the bundle sha256:" "$T/err"
expect_exit 0 as_other verify "$other"/*-sdk-linux-riscv64
expect_match '^  - +origin: unsigned, from the bundle sha256:' "$T/out"
expect_match '^  - +hello: not run: unsigned' "$T/out"
not_pwned
ok "where there is nothing else it is used, and named; verify names it and does not run it"

fake_bootstrap 1.98.0 "$T/other/sdk/go1.98.0"
expect_exit 0 as_other plan arm64 --release 1.99.0
expect_match 'host-.* is not used to make anything: it is unsigned' "$T/err"
expect_match 'run +go1.99.0-host' "$T/out"
expect_exit 0 as_other build arm64 --release 1.99.0
not_pwned
expect_exit 0 as_other build riscv64 --release 1.99.0
expect_equal "what build makes" "$other/${sdk##*/}" "$(sed 's|/[0-9a-f]*-|/'"$(basename "$sdk" | cut -d- -f1)"'-|' "$T/out")"
not_pwned
expect_exit 0 as_other exec riscv64 --release 1.99.0 -- go version
not_pwned
ok "their host makes nothing: it is built from source instead, and what was built wins from then on"

# With no way to build one, it is said, and the user may take it all the same: that sticks to what it makes.
as_third() { env HOME="$T/third" XDG_DATA_HOME= XDG_CONFIG_HOME= PATH=/usr/bin:/bin "$GOSTRAP" "$@"; }
mkdir -p "$T/third/.config/gostrap"
sed 's|"origins": \[.*\]|"origins": ["file:///nowhere"]|' "$releases_file" >"$T/third/.config/gostrap/releases.json"
expect_exit 0 as_third bundle install "$T/evil.tar.zst"
expect_exit 2 as_third build arm64 --release 1.99.0 --offline
expect_match 'is not used to make anything: it is unsigned.*--accept-unsigned' "$T/err"
expect_exit 2 as_third build riscv64 --std --release 1.99.0 --offline
expect_match "compile std of go1.99.0 for linux/riscv64: [0-9a-f]+-$name is not used to make anything: it is unsigned" "$T/err"
not_pwned
expect_exit 0 as_third build arm64 --release 1.99.0 --offline --accept-unsigned
rm -f "$T/pwned"
expect_exit 0 as_third list
expect_match 'sdk go1.99.0 linux/arm64 \(unsigned, from the bundle' "$T/out"
expect_exit 0 as_third exec arm64 --release 1.99.0 -- true
expect_match 'linux/arm64 is unsigned, from the bundle' "$T/err"
ok "--accept-unsigned makes things with it, and they are a stranger's too"

# The same bundle by somebody whom the user trusts.
create "$T/good.tar.zst" riscv64 --host --sign "$T/key"
as_fourth() { env HOME="$T/fourth" XDG_DATA_HOME= XDG_CONFIG_HOME= "$GOSTRAP" "$@"; }
mkdir -p "$T/fourth/.config/gostrap"
cp "$releases_file" "$T/fourth/.config/gostrap/"
expect_exit 0 as_fourth bundle install "$T/good.tar.zst"
expect_exit 0 as_fourth exec riscv64 --release 1.99.0 -- true
expect_match 'whom nobody here vouched for' "$T/err"
expect_exit 0 as_fourth bundle install "$T/good.tar.zst" --key "$T/key.pub"
expect_exit 0 as_fourth exec riscv64 --release 1.99.0 -- true
expect_equal "what exec says" "" "$(cat "$T/err")"
expect_exit 0 as_fourth build arm64 --release 1.99.0 --offline
expect_no_match 'vouch|unsigned' "$T/err"
expect_exit 0 as_fourth list --json
grep -q '"origin": "vouched"' "$T/out" || fail "none is vouched for"
ok "with --key the same bundle is the user's"

# What an older gostrap installed has no word on who vouched.
old=$T/fourth/.local/share/gostrap/store/provenance
sed -i 's/,\s*"vouched": true//; /"vouched": true/d' "$old"/*.json
perl -0pi -e 's/("signedBy": "[^"]*"),(\s*\})/$1$2/g' "$old"/*.json
expect_exit 0 as_fourth exec riscv64 --release 1.99.0 -- true
expect_match 'whom nobody here vouched for' "$T/err"
ok "an entry of before counts as a stranger's, and still works"
