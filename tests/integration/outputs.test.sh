#!/usr/bin/env bash
# Whatever path a user names for an output is written as cp would: devices, fifos and descriptors are written to, links are
# followed, directories refused; and nothing is removed that gostrap did not make.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 --archives --release 1.99.0
host=$(echo "$store"/*-go1.99.0-host-*)
sdk() { "$GOSTRAP" sdk riscv64 --host "$host" --out "$T/sdk$((++made))" "$@"; }
made=0

# kind WHAT PATH: what stat calls it, without following links
kind() { expect_equal "what $2 is" "$1" "$(stat -c %F "$2")"; }

# A device of our own: never the machine's.
null=$T/null
if mknod -m 666 "$null" c 1 3 2>/dev/null; then
  for place in "$null" "$T/to-null"; do
    [ "$place" = "$null" ] || ln -s null "$place"
    expect_exit 0 sdk --log "$place" --provenance "$place"
    expect_exit 0 "$GOSTRAP" source 1.99.0 --out "$T/source$made" --provenance "$place"
    "$GOSTRAP" verify --official --all --release 1.99.0 --html "$place" >"$T/out" 2>"$T/err" || [ $? = 1 ] # not canonical
    expect_exit 0 "$GOSTRAP" bundle create riscv64 --release 1.99.0 --out "$place"
  done
  kind "character special file" "$null"
  kind "symbolic link" "$T/to-null"
  ok "a device is written to and stays one, also behind a link"
fi

mkfifo "$T/fifo"
cat "$T/fifo" >"$T/got" &
expect_exit 0 sdk --provenance "$T/fifo"
wait $!
json "$T/got" making >/dev/null
cat "$T/fifo" >"$T/got" &
expect_exit 0 sdk --log "$T/fifo"
wait $!
cat "$T/fifo" >"$T/got" &
expect_exit 0 "$GOSTRAP" bundle create riscv64 --release 1.99.0 --out "$T/fifo"
wait $!
expect_exit 0 "$GOSTRAP" bundle inspect "$T/got"
kind fifo "$T/fifo"
ok "a fifo's reader gets all of it"

mkdir "$T/there"
ln -s there/told.json "$T/link"
expect_exit 0 sdk --provenance "$T/link"
kind "symbolic link" "$T/link"
json "$T/there/told.json" making >/dev/null
echo older >"$T/there/log"
ln -s there/log "$T/link-to-log"
expect_exit 0 sdk --log "$T/link-to-log"
kind "symbolic link" "$T/link-to-log"
expect_no_match older "$T/there/log"
ok "a link is followed, whether its target is there or not, and stays"

for option in --log --provenance; do
  expect_exit 2 sdk "$option" "$T/there"
  expect_match 'it is a directory'
  [ ! -e "$T/sdk$made" ] || fail "an SDK, though $option was refused"
done
expect_exit 2 "$GOSTRAP" verify --official --all --release 1.99.0 --html "$T/there"
expect_match 'it is a directory'
[ -d "$T/there" ] || fail "the directory is gone"
ok "a directory is refused before anything is made"

sdk --log /dev/stdout --provenance "$T/told.json" >"$T/out" 2>"$T/err"
"$GOSTRAP" bundle create riscv64 --release 1.99.0 --out /dev/stdout 2>"$T/err" | "$GOSTRAP" bundle inspect - >"$T/out"
"$GOSTRAP" bundle create riscv64 --release 1.99.0 --out /dev/fd/5 5>"$T/by-descriptor" >"$T/out" 2>"$T/err"
expect_exit 0 "$GOSTRAP" bundle inspect "$T/by-descriptor"
expect_exit 2 "$GOSTRAP" sdk riscv64 --host "$host" --out "$T/none" --provenance /dev/fd/77
ok "standard output and other descriptors that were handed over"

# The user's releases, managed elsewhere by a link.
mv "$releases_file" "$T/there/releases.json"
ln -s "$T/there/releases.json" "$releases_file"
before=$(stat -c %i "$T/there/releases.json")
expect_exit 0 "$GOSTRAP" release add 1.99.0 --index "$T/index.json" --from "$(source_of 1.99.0)" --commit "$(printf go1.99.0 | sha1sum | cut -d' ' -f1)"
kind "symbolic link" "$releases_file"
[ "$(stat -c %i "$T/there/releases.json")" != "$before" ] || fail "nothing was written"
rm "$releases_file" && cp "$T/there/releases.json" "$releases_file"
ok "the user's own releases file may be a link"

# What is not ours stays, whatever it is called.
expect_exit 0 "$GOSTRAP" bundle create riscv64 --release 1.99.0 --out "$T/b.tar.zst"
mkdir -p "$T/to/.mine.partial-20240101" "$T/to/.mine.partial-1-2"
echo kept >"$T/to/.mine.partial-20240101/file"
expect_exit 0 "$GOSTRAP" bundle install "$T/b.tar.zst" --to "$T/to"
for place in .mine.partial-20240101/file .mine.partial-1-2; do
  [ -e "$T/to/$place" ] || fail "a user's $place was removed"
done
mkdir "$T/.mysdk.partial-7"
expect_exit 0 "$GOSTRAP" sdk riscv64 --host "$host" --out "$T/mysdk"
[ -d "$T/.mysdk.partial-7" ] || fail "a user's directory was removed"
ok "a user's directories of like names stay"

# A pair of keys is there as a whole, or not at all.
(trap '' XFSZ && ulimit -f 0 && "$GOSTRAP" key "$T/pair/../key" >/dev/null 2>&1) && fail "a key without space"
mkdir "$T/pair"
(trap '' XFSZ && ulimit -f 0 && "$GOSTRAP" key "$T/pair/key" >/dev/null 2>&1) && fail "a key without space"
expect_equal "what is left of it" "" "$(ls -A "$T/pair")"
expect_exit 0 "$GOSTRAP" key "$T/pair/key"
expect_equal "what is there" "key key.pub" "$(cd "$T/pair" && echo *)"
fingerprint=$(cat "$T/out")
expect_exit 2 "$GOSTRAP" key "$T/pair/key"
expect_match 'is there already'
cp "$T/pair/key.pub" "$T/was" && rm "$T/pair/key.pub"
expect_exit 0 "$GOSTRAP" key "$T/pair/key"
expect_equal "fingerprint" "$fingerprint" "$(cat "$T/out")"
cmp "$T/was" "$T/pair/key.pub"
echo other >"$T/pair/note"
expect_exit 2 "$GOSTRAP" key "$T/pair/note"
expect_equal "what is there" other "$(cat "$T/pair/note")"
ok "a pair of keys is made as a whole; a lost public half is made again"
