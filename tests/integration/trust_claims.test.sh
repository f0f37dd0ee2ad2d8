#!/usr/bin/env bash
# What somebody else says of an output, a release or a bundle is held against something, or is not repeated; and a name that
# a user types is what he means, whatever lies in the current directory or behind a link.
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
"$GOSTRAP" build "$own_port" riscv64 --release 1.99.0 >/dev/null 2>&1
own=$(entry "go1.99.0-sdk-$own_dashed")

# ---- names ---------------------------------------------------------------------------------------------------------
# The link's text, taken word for word, leads to the store's own entry; for the kernel it leads to the Trojan.
depth=$(tr -cd / <<<"$T/dl" | wc -c)
deep=p ups=..
for ((i = 0; i <= depth; i++)); do deep+=/x; done
for ((i = 0; i < depth; i++)); do ups+=/..; done
mkdir -p "$T/dl/$deep" "$T/dl/p${sdk%/*}"
writable "$sdk" "$T/dl/p$sdk"
pwn "$T/dl/p$sdk/share/go/bin/go"
reseal "$T/dl/p$sdk"
ln -s "$deep" "$T/dl/d"
ln -s "d/$ups$sdk" "$T/dl/sdk"
[ "$(readlink -f "$T/dl/sdk")" = "$(readlink -f "$T/dl/p$sdk")" ] || fail "the link does not lead where this test wants it"
expect_exit 0 "$GOSTRAP" verify "$T/dl/sdk"
expect_match 'not run: nobody here knows where it comes from'
not_pwned
ok "a link is what it leads to, not what its text looks like"

mkdir -p "$T/repository/$own_port"
rmdir "$T/repository/$own_port"
writable "$own" "$T/repository/$own_port"
writable "$sdk" "$T/repository/riscv64"
pwn "$T/repository/$own_port/share/go/bin/go"
pwn "$T/repository/riscv64/share/go/bin/go"
(
  cd "$T/repository"
  printf 'module m\n\ngo 1.20\n' >go.mod
  printf 'package main\n\nfunc main() {}\n' >main.go
  for words in 'compile .' 'compile . --sdk riscv64' 'relink go --for arm64'; do
    # shellcheck disable=SC2086 # words
    "$GOSTRAP" $words --release 1.99.0 -o "$T/o" --cache "$T/c" >/dev/null 2>&1 || true
    not_pwned
  done
  expect_exit 0 "$GOSTRAP" exec riscv64 --release 1.99.0 -- sh -c 'command -v go'
  expect_match "^$sdk/" "$T/out"
  expect_exit 0 "$GOSTRAP" env riscv64 --release 1.99.0 --json
  expect_equal "the SDK that env names" "$sdk" "$(json "$T/out" sdk)"
  expect_exit 0 "$GOSTRAP" image sdk riscv64 --release 1.99.0 -o "$T/image.tar" --no-ca
  expect_exit 0 "$GOSTRAP" image sdk "$sdk" -o "$T/image2.tar" --no-ca
  cmp "$T/image.tar" "$T/image2.tar"
)
ok "a port is a port, whatever a repository has under its name"

# ---- what a release's pins say ------------------------------------------------------------------------------------
cp "$releases_file" "$T/good.json"
fake_release 1.99.1
"$GOSTRAP" build riscv64 --release 1.99.1 >/dev/null 2>&1
echo trojan >"$T/go1.24.4.linux-s390x.tar.gz"
sum=$(sha256sum <"$T/go1.24.4.linux-s390x.tar.gz" | cut -d' ' -f1) perl -MJSON::PP -0777 -pi -e '$j = decode_json($_);
  $j->{releases}{"1.99.1"}{archives}{"go1.24.4.linux-s390x.tar.gz"} = $ENV{sum};
  $_ = JSON::PP->new->pretty->canonical->encode($j)' "$releases_file"
expect_exit 2 "$GOSTRAP" verify "$T/go1.24.4.linux-s390x.tar.gz"
expect_match 'that is no archive of go1.99.1'
cp "$T/good.json" "$releases_file"
expect_exit 1 "$GOSTRAP" verify "$T/go1.24.4.linux-s390x.tar.gz"
expect_match 'not canonical: the bits differ'
ok "a release has a say in its own archives only"

# ---- what a manifest says -----------------------------------------------------------------------------------------
claims() { # REGEX KEY JSON…: a copy whose manifest says so
  writable "$sdk" "$T/claims"
  reseal "$T/claims" "${@:2}"
  expect_exit 1 "$GOSTRAP" verify "$T/claims"
  expect_match "$1" "$T/out"
}
claims 'names another source than go1.99.0 is pinned to' commit '"0000000000000000000000000000000000000000"'
claims 'names another source than go1.99.0 is pinned to' source '"sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="'
claims 'names a port that go1.99.0 has not' hostedOn '"linux/sparc64"'
ok "a manifest's commit, source and ports are those of its release"

"$GOSTRAP" build riscv64 --release 1.99.0 --profile GOGC=200 >/dev/null 2>&1
writable "$(entry go1.99.0-sdk-linux-riscv64-GOGC-200)" "$T/claims"
mkdir -p "$T/claims/share/gostrap/upstream/src/fmt"
echo evil >"$T/claims/share/gostrap/upstream/src/fmt/print.go"
reseal "$T/claims" differences '["go.env","src/runtime/mgcpacer.go","src/fmt/print.go"]'
expect_exit 1 "$GOSTRAP" verify "$T/claims"
expect_match "src/fmt/print.go is not gostrap's" "$T/out"
ok "files are kept of what the profile changes, and of nothing else"

# ---- repair --------------------------------------------------------------------------------------------------------
chmod -R u+w,o+w "$own"
expect_exit 1 "$GOSTRAP" verify "$own"
expect_match 'may be written by everybody' "$T/out"
expect_exit 0 "$GOSTRAP" verify --repair "$own"
expect_match 'made again' "$T/out"
ok "what fails verify for its layout is repaired, too"

# ---- bundles -------------------------------------------------------------------------------------------------------
strangers_store
strangers_bundle "$T/evil.tar.zst" riscv64 --host
victim() { elsewhere "$GOSTRAP" "$@"; }
mkdir -p "$T/elsewhere/.config/gostrap" && cp "$releases_file" "$T/elsewhere/.config/gostrap/"
expect_exit 0 victim bundle install "$T/evil.tar.zst"
mapfile -t theirs < <(find "$other_store" -maxdepth 1 -name "*-$name" -o -maxdepth 1 -name '*-host-*')
expect_equal "what was installed" 2 "${#theirs[@]}"
for each in "${theirs[@]}"; do
  case $each in *-host-*) host=$each ;; *) taken=$each ;; esac
done
expect_exit 0 victim list --json
expect_no_match '"canonical": true' "$T/out"
expect_exit 0 victim bundle create "$taken" --sign "$T/key" --out "$T/signed.tar.zst"
expect_match 'is unsigned, from the bundle' "$T/err"
for verb in toolchain archives sdk; do
  expect_exit 2 victim "$verb" arm64 --host "$host" --out "$T/made"
  expect_match 'unsigned, from the bundle' "$T/err"
done
not_pwned
expect_exit 0 victim sdk arm64 --host "$host" --out "$T/made" --accept-unsigned
expect_match '"vouched": false' "$T/made.provenance.json"
ok "a stranger's output makes nothing when it is given by its path, or what it makes is a stranger's; and is named"

expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --root "$T/link-$name"
expect_exit 2 "$GOSTRAP" bundle install "$T/evil.tar.zst" --root "$T/link"
expect_match 'would lead to what nobody whom you named vouches for' "$T/err"
expect_equal "where the root leads" "$sdk" "$(readlink "$T/link-$name")"
ok "a stranger's bundle takes over no root of the user's own"

create "$T/one.tar.zst" riscv64 --sign "$T/key"
zstd -qdc "$T/one.tar.zst" >"$T/one.tar"
mkdir "$T/other" && tar -xf "$T/one.tar" -C "$T/other"
tar -tf "$T/one.tar" | tar --no-recursion --format=ustar --mtime=@0 --owner=0 --group=0 --mode=a+rw -C "$T/other" -cf - -T - | zstd -q >"$T/modes.tar.zst"
expect_exit 2 "$GOSTRAP" bundle inspect --check --key "$T/key.pub" "$T/modes.tar.zst"
expect_match 'that gostrap never writes' "$T/err"
ok "modes and owners that plain tar would take over are as gostrap writes them"

perl -0777 -pi -e 's/hello from/hellO from/ or s/go version/gO version/ or die' "$T/one.tar"
zstd -q "$T/one.tar" -o "$T/changed.tar.zst"
expect_exit 2 "$GOSTRAP" bundle diff --key "$T/key.pub" "$T/one.tar.zst" "$T/changed.tar.zst"
expect_match 'is not what its index says' "$T/err"
ok "bundle diff looks at what is there"

# ---- archives ------------------------------------------------------------------------------------------------------
mkdir -p "$T/x/go" && echo a >"$T/x/go/a"
tar --format=ustar --owner=0 --group=0 --mtime=@0 -C "$T/x" -czf "$T/ours.tar.gz" go/a
echo evil >"$T/x/go/evil"
tar --format=ustar --owner=0 --group=0 --mtime=@0 -C "$T/x" -cf "$T/evil.tar" go/evil
{ cat "$T/ours.tar.gz" && printf TRAILING; } >"$T/trailing.tar.gz"
{ cat "$T/ours.tar.gz" && gzip -c "$T/evil.tar"; } >"$T/member.tar.gz"
{ gzip -dc "$T/ours.tar.gz" && cat "$T/evil.tar"; } | gzip -c >"$T/after.tar.gz"
pax() { tar --format=pax --owner=0 --group=0 --mtime=@0 --pax-option="$2" -C "$T/x" -czf "$T/$1.tar.gz" go/a; }
pax fflags 'SCHILY.fflags:=immutable'
pax xattr 'LIBARCHIVE.xattr.security.capability:=AQAAAgAEAAAAAAAAAAAAAAAAAAA='
for each in trailing member after fflags xattr; do
  expect_exit 2 "$GOSTRAP" verify --against "$T/$each.tar.gz" "$T/ours.tar.gz"
  expect_match 'no archive of Go' "$T/err"
done
ok "nothing stands behind an archive's end, and nothing beside its files' contents"
