#!/usr/bin/env bash
# --published: upstream's own toolchain out of its archive, in place of one that make.bash made. Neither source nor bootstrap
# is there; the bits are the same; and everything says that nobody here has built them.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires perl

fake_runners
fake_bootstrap 1.98.0
fake_release 1.99.0 "echo ran >>'$T/runs'"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --store "$T/built"
built=$(dirname "$(cat "$T/out")")
mkdir "$T/dl"
name=go1.99.0.$own_dashed.tar.gz
archive=$T/dl/$name
tar -C "$(echo "$built"/*-host-*)/share" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner \
  --mode=u+rw,go+r,go-w,a+X -cf - go | gzip -n >"$archive"
sum=$(sha256sum "$archive" | cut -d' ' -f1)
pin_release 1.99.0 "$(json "$releases_file" releases 1.99.0 commit)" "$T/nowhere" "$name" "$sum"
rm -r "$HOME/sdk" "$T/runs"
build() { "$GOSTRAP" build "$@" --release 1.99.0; }
never_ran() { [ ! -e "$T/runs" ] || fail "make.bash ran"; }
nothing_left() {
  expect_equal "entries" "" "$(find "$store" -maxdepth 1 -name '*go1.99.0*' 2>/dev/null)"
  expect_equal "what is left in the store" "" "$(find "$store/work" -mindepth 1 2>/dev/null)"
  expect_equal "what is left in TMPDIR" "" "$(ls -A "$TMPDIR")"
}


# ---- a single step -----------------------------------------------------------------------------------------------------
expect_exit 0 "$GOSTRAP" sdk riscv64 --host "$archive" --out "$T/sdk"
diff -r --no-dereference "$built"/*-sdk-linux-riscv64 "$T/sdk"
count=0
for from in "$archive" "$built"/*-host-*; do
  expect_exit 0 "$GOSTRAP" sdk wasm --profile GOGC=50 --host "$from" --out "$T/with-profile-$((++count))"
done
diff -r --no-dereference "$T/with-profile-1" "$T/with-profile-2"
expect_equal "what it was unpacked from" "$sum" "$(json "$T/sdk.provenance.json" from 0 inputs published sha256)"
nix=$T/dl/0123456789abcdfghijklmnpqrsvwxyz-$name
cp "$archive" "$nix"
expect_exit 0 "$GOSTRAP" sdk riscv64 --host "$nix" --out "$T/sdk2"
diff -r --no-dereference "$T/sdk" "$T/sdk2"
expect_exit 0 "$GOSTRAP" archives arm --host "$archive" --out "$T/archives"
expect_equal "where that was" "$archive" "$(json "$T/archives.provenance.json" from 0 making origin)"
expect_exit 0 "$GOSTRAP" archives arm --host "$built"/*-host-* --out "$T/archives2"
diff -r "$T/archives2" "$T/archives"
rm "$nix"
ok "gostrap sdk and archives take upstream's archive as --host, under its name or a Nix store's, and make the same of it"

truncated() { head -c 2000 "$archive" >"$T/bad/$name"; }
changed() { (cat "$archive" && printf x) >"$T/bad/$name"; }
page() { echo '<!DOCTYPE html>' >"$T/bad/$name"; }
mkdir "$T/bad"
for bad in truncated changed page; do
  $bad
  expect_exit 2 "$GOSTRAP" sdk riscv64 --host "$T/bad/$name" --out "$T/no"
  expect_match "cannot use $T/bad/$name: its SHA-256 is $(sha256sum "$T/bad/$name" | cut -d' ' -f1), and $name was published with $sum" \
    "$T/err"
  [ ! -e "$T/no" ] || fail "something was made of another file"
done
cp "$archive" "$T/dl/some.tar.gz"
expect_exit 2 "$GOSTRAP" sdk riscv64 --host "$T/dl/some.tar.gz" --out "$T/no"
expect_match 'by its name not upstream.s archive of a toolchain that runs here' "$T/err"
cp "$archive" "$T/dl/go1.97.9.$own_dashed.tar.gz"
expect_exit 2 "$GOSTRAP" sdk riscv64 --host "$T/dl/go1.97.9.$own_dashed.tar.gz" --out "$T/no"
expect_match 'there is no release "1.97.9"' "$T/err"
fake_release 1.97.0
cp "$archive" "$T/dl/go1.97.0.$own_dashed.tar.gz"
expect_exit 2 "$GOSTRAP" sdk riscv64 --host "$T/dl/go1.97.0.$own_dashed.tar.gz" --out "$T/no"
expect_match 'go1.97.0 pins no checksum of such a file' "$T/err"
pin_release 1.97.0 "$(printf '%040d' 7)" "$T/nowhere" "go1.97.0.$own_dashed.tar.gz" "$sum"
expect_exit 2 "$GOSTRAP" sdk riscv64 --host "$T/dl/go1.97.0.$own_dashed.tar.gz" --out "$T/no"
expect_match 'by its VERSION it is go1.99.0, not go1.97.0' "$T/err"
[ ! -e "$T/no" ] || fail "something was made of another release's archive"
fake_release 1.97.0
expect_equal "what is left in TMPDIR" "" "$(ls -A "$TMPDIR")"
ok "another file, another name, another release, and one without a pin are refused"

# ---- the plan ----------------------------------------------------------------------------------------------------------
expect_exit 2 build riscv64
expect_match 'go1.99.0: it needs Go 1.98.0 or newer' "$T/err"
expect_match '--bootstrap published takes upstream.s own' "$T/err"
expect_exit 0 "$GOSTRAP" plan riscv64 --release 1.99.0 --published
expect_match "^run +go1.99.0-host-$own_dashed +unpacked from upstream's $name" "$T/out"
expect_no_match 'source' "$T/out"
expect_exit 0 "$GOSTRAP" plan riscv64 --release 1.99.0 --published --json
expect_equal "its checksum in the plan" "$sum" "$(json "$T/out" 0 published sha256)"
expect_exit 2 build riscv64 --published --profile GORISCV64=rva22u64 --bake
expect_match "upstream's own toolchain \(--published\) cannot have .*GORISCV64=rva22u64" "$T/err"
expect_exit 2 build riscv64 --published --bootstrap /usr/lib/go
expect_match '--published builds no toolchain, so that --bootstrap has nothing to start' "$T/err"
expect_exit 2 "$GOSTRAP" build riscv64 --release 1.97.0 --published
expect_match 'go1.97.0 pins no checksum' "$T/err"
nothing_left
ok "the plan has neither source nor bootstrap; what make.bash bakes, a bootstrap, and a release without a pin are refused"

# ---- where it comes from -----------------------------------------------------------------------------------------------
expect_exit 2 build riscv64 --published --offline
expect_match "cannot get $name: it is not on this machine, and the network is not to be touched" "$T/err"
expect_exit 2 build riscv64 --published --from "$T/source"
expect_match "from names no file of that name: $T/source" "$T/err"
expect_exit 2 build riscv64 --published --from "$T/bad"
expect_match "and $name was published with $sum" "$T/err"
nothing_left
state=$T/state
setsid perl "$GOSTRAP_SOURCE_DIR/tests/lib/lying-http.pl" "$state" "$archive" >"$T/server.log" 2>&1 </dev/null &
server=$!
stop_servers() { kill "$server"; }
until_true test -s "$state"
at() { printf 'http://127.0.0.1:%s/%s/%s\n' "$(cat "$state")" "$1" "$name"; }
for lie in wrong page; do
  expect_exit 2 build riscv64 --published --from "$(at $lie)" --retries 0
  expect_match "has the SHA-256 [0-9a-f]{64}, and the one that is wanted has $sum" "$T/err"
done
expect_exit 2 build riscv64 --published --from "$(at lost)" --retries 0
expect_match 'status 404' "$T/err"
expect_exit 2 build riscv64 --published --offline --from "$(at right)"
nothing_left
expect_exit 0 build riscv64 --published --from "$(at cut)" --retries 1
diff -r --no-dereference "$T/sdk" "$(cat "$T/out")"
expect_match "^go1.99.0-host-.*: Downloading $(at cut)" "$T/err"
expect_equal "the origin in the provenance" "$(at cut)" "$(json "$(provenance "go1.99.0-host-$own_dashed")" making origin)"
never_ran
rm -rf "${T:?}/other"
expect_exit 0 build riscv64 --published --from "$T/dl" --offline --store "$T/other"
expect_exit 0 build riscv64 wasm --published --offline --profile GOGC=50
expect_exit 0 env GOSTRAP_PUBLISHED=1 "$GOSTRAP" build wasm --release 1.99.0 --offline
never_ran
ok "it comes from a URL, a file or a directory, or is there; other bytes and nothing at all leave nothing behind"

# of a release that is known by its checksums alone; the tree is not what is taken of it, but its hash stands in the manifest
cp "$releases_file" "$T/releases"
pinned=$(json "$releases_file" releases 1.99.0 source)
perl -0pi -e 's/("1\.99\.0": \{.*?)"source": "[^"]*",\s*/$1/s' "$releases_file"
build_unseen() { build riscv64 --published --offline --store "$T/unseen" --from "$@"; }
expect_exit 2 build_unseen "$archive"
expect_match 'cannot get the source of go1.99.0: ' "$T/err"
expect_match 'name it: --from go1.99.0.src.tar.gz' "$T/err"
tar -C "$(source_of 1.99.0)" --transform='s:^[.]:go:' -czf "$T/dl/go1.99.0.src.tar.gz" .
perl -0pi -e 'BEGIN { $sum = shift } s/("1\.99\.0": \{.*?"sourceArchive": ")[^"]*/$1$sum/s' \
  "$(sha256sum "$T/dl/go1.99.0.src.tar.gz" | cut -d' ' -f1)" "$releases_file"
expect_exit 0 build_unseen "$T/dl"
diff -r --no-dereference "$T/sdk" "$(cat "$T/out")"
expect_equal "what is known of its source now" "$pinned" "$(json "$releases_file" releases 1.99.0 source)"
cp "$T/releases" "$releases_file"
never_ran
ok "of a release that is known by its checksums alone the source's archive is looked at for its hash"

# ---- what is said of it ------------------------------------------------------------------------------------------------
sdk=$(entry go1.99.0-sdk-linux-riscv64)
host=$(entry "go1.99.0-host-$own_dashed")
expect_exit 0 "$GOSTRAP" list
expect_match '^sdk go1.99.0 linux/riscv64 \(published\) ' "$T/out"
expect_match "^host go1.99.0 $own_port \(published\) " "$T/out"
expect_exit 0 "$GOSTRAP" list --json
expect_equal "entries that are upstream's" 5 "$(grep -c '"origin": "published"' "$T/out")"
expect_equal "with its checksum" 5 "$(grep -c "\"sha256\": \"$sum\"" "$T/out")"
expect_exit 0 "$GOSTRAP" verify "$sdk" "$host"
expect_match "^  ok +origin: upstream's own toolchain, out of its $name, and not built here" "$T/out"
expect_match "SHA-256 $sum" "$T/out"
expect_exit 0 "$GOSTRAP" sdk arm64 --host "$host" --out "$T/named"
expect_equal "what a step with its path says" "$sum" "$(json "$T/named.provenance.json" from 0 inputs published sha256)"
expect_exit 0 "$GOSTRAP" exec riscv64 --release 1.99.0 -- go version
expect_equal "the go that runs" "go version go1.99.0 $own_port" "$(cat "$T/out")"
cp "$releases_file" "$T/releases"
fake_release 1.99.1
expect_exit 1 "$GOSTRAP" outdated
expect_match 'gostrap build (linux/riscv64 js/wasm|js/wasm linux/riscv64) --release 1.99.1 --published$' "$T/out"
mv "$T/releases" "$releases_file"
expect_exit 0 "$GOSTRAP" build riscv64 --published --archives --release 1.99.0
pin_release 1.99.0 "$(json "$releases_file" releases 1.99.0 commit)" "$T/nowhere" "$name" "$sum" go1.99.0.linux-riscv64.tar.gz \
  "$(sha256sum "$(cat "$T/out")/go1.99.0.linux-riscv64.tar.gz" | cut -d' ' -f1)"
expect_exit 0 "$GOSTRAP" verify --official --all --release 1.99.0
expect_match "^linux/riscv64 +canonical by upstream's toolchain .*made with upstream's own $name" "$T/out"
"$GOSTRAP" key "$T/key" >/dev/null
expect_exit 0 "$GOSTRAP" bundle create riscv64 --release 1.99.0 --out "$T/bundle" --sign "$T/key"
expect_exit 0 "$GOSTRAP" bundle inspect "$T/bundle" --sbom
expect_match "\"value\": \"$name sha256:$sum\"" "$T/out"
expect_exit 0 "$GOSTRAP" bundle install "$T/bundle" --key "$T/key.pub" --store "$T/vouched"
expect_exit 0 "$GOSTRAP" list --store "$T/vouched"
expect_match '^sdk go1.99.0 linux/riscv64 \(published\)' "$T/out"
expect_exit 0 "$GOSTRAP" verify --store "$T/vouched" "$T"/vouched/*-sdk-*
expect_match "origin: built by upstream \($name\), not here; from the bundle sha256:.*, signed by" "$T/out"
ok "list, verify, the proof and a bundle's bill of materials say that upstream has built it; exec uses it"

# ---- from source stays the default -------------------------------------------------------------------------------------
fake_bootstrap 1.98.0
from=(--from "$(source_of 1.99.0)")
expect_exit 0 "$GOSTRAP" plan riscv64 --release 1.99.0 "${from[@]}"
expect_match "^run +go1.99.0-host-$own_dashed +go1.99.0 needs Go" "$T/out"
expect_match "is not used to make anything: it was built by upstream" "$T/err"
cp -a "$store" "$T/both"
expect_exit 2 build riscv64 --from "$archive" --store "$T/both"
expect_match "by its name it is upstream's toolchain, and not the source" "$T/err"
expect_match '--published takes it' "$T/err"
expect_exit 0 build riscv64 "${from[@]}" --store "$T/both"
expect_match '^ran$' "$T/runs"
path=$(cat "$T/out")
diff -r --no-dereference "$sdk" "$path"
expect_exit 0 "$GOSTRAP" list --store "$T/both"
expect_equal "which stands first" "$path" "$(grep '^sdk go1.99.0 linux/riscv64 ' "$T/out" | head -n 1 | sed 's/.*  //')"
rm "$T/runs"
expect_exit 0 build s390x --published --offline --store "$T/both"
expect_exit 0 "$GOSTRAP" verify "$(cat "$T/out")" --store "$T/both"
expect_no_match 'origin' "$T/out"
never_ran
expect_exit 0 "$GOSTRAP" prune --keep 1 --apply --store "$T/both"
expect_exit 0 "$GOSTRAP" list --store "$T/both"
expect_no_match "^(host|sdk) go1.99.0 linux/(riscv64|$own_arch) \\(published\\)" "$T/out"
ok "without --published it is built; one that was built is preferred, and outlives the other"

# ---- built again -------------------------------------------------------------------------------------------------------
cp -a "$store" "$T/spoilt"
spoilt=$T/spoilt/$(basename "$host")
chmod -R u+w "$spoilt"
sed --in-place s/go1/go2/ "$spoilt/share/go/src/fmt/print.go" # a new file: the SDK keeps the old one
expect_exit 0 "$GOSTRAP" verify --rebuild --store "$T/spoilt" "$T/spoilt/$(basename "$sdk")" "${from[@]}"
expect_match "rebuild: the same.*; it still counts as upstream's: $spoilt is another one: src/fmt/print.go is" "$T/out"
rm -r "$spoilt"
expect_exit 0 "$GOSTRAP" list --store "$T/spoilt"
expect_match '^sdk go1.99.0 linux/riscv64 \(published\)' "$T/out"
expect_exit 0 "$GOSTRAP" verify --rebuild --store "$T/spoilt" "$T/spoilt/$(basename "$sdk")" "${from[@]}"
expect_match 'from now on the store counts it as built here' "$T/out"
ok "an SDK that is the same does not speak for a host that is not; where that is gone, it speaks for itself"

expect_exit 0 "$GOSTRAP" verify --rebuild "$sdk" "${from[@]}"
expect_match 'rebuild: the same, byte for byte, .*; from now on the store counts it as built here' "$T/out"
expect_exit 0 "$GOSTRAP" list
expect_no_match 'published' "$T/out"
expect_exit 0 "$GOSTRAP" verify "$sdk" "$host"
expect_no_match 'origin' "$T/out"
expect_equal "what it was built from" "go1.98.0 $own_port" "$(json "$(provenance "go1.99.0-host-$own_dashed")" rebuilt making bootstrap | sed 's/go version //')"
expect_exit 0 "$GOSTRAP" plan riscv64 --release 1.99.0
expect_match "^there +go1.99.0-sdk-linux-riscv64" "$T/out"
expect_exit 0 "$GOSTRAP" verify --repair "$sdk" "$host"
expect_sound_store
ok "verify --rebuild builds it from source, and what is the same counts as built from then on"

chmod -R u+w "$T/other"
echo changed >>"$(echo "$T"/other/*-host-*)/share/go/src/fmt/print.go"
expect_exit 1 "$GOSTRAP" verify --store "$T/other" "$T"/other/*-host-*
expect_exit 0 "$GOSTRAP" verify --store "$T/other" --repair "$T"/other/*-host-* --from "1.99.0=$archive" --offline
expect_match 'made again' "$T/out"
expect_exit 0 "$GOSTRAP" verify --store "$T/other" --rebuild "$T"/other/*-host-* "${from[@]}"
expect_match 'rebuild: the same, byte for byte, .*; from now on the store counts it as built here' "$T/out"
expect_exit 0 "$GOSTRAP" list --store "$T/other"
expect_no_match published "$T/out"
ok "a damaged host is unpacked again by verify --repair; one that is built again counts as built, with all that was made of it"

# ---- a bootstrap for a machine without Go ------------------------------------------------------------------------------
rm -r "$HOME/sdk"
FLOOR=1.99.0 fake_release 1.100.0 "echo ran 1.100.0 >>'$T/runs'"
expect_exit 0 "$GOSTRAP" plan riscv64 --release 1.100.0 --bootstrap published --store "$T/third"
expect_match "^run +go1.99.0-host-$own_dashed +unpacked from upstream's $name: go1.100.0 needs Go 1.99.0 or newer" "$T/out"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.100.0 --bootstrap published --from "1.99.0=$archive" --store "$T/third"
expect_match '^ran 1.100.0$' "$T/runs"
expect_exit 0 "$GOSTRAP" verify --store "$T/third" "$(cat "$T/out")"
expect_no_match 'origin' "$T/out"
ok "--bootstrap published builds a release from source, with an older Go out of upstream's archive"
