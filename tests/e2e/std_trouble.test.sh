#!/usr/bin/env bash
# A compiled std that is damaged, incomplete, another one's, or out of reach: the go command makes the right program all the
# same, with one warning, or refuses; never another program.

# Read-only file systems need a mount namespace.
# shellcheck source=tests/lib/mounts.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/mounts.sh"
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires setpriv qemu-riscv64
requires_mounts
# shellcheck source=tests/lib/std.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/std.sh"

learn_right tiny ./tiny
learn_right words ./words
fresh
expect_warning() { # REGEX: the only thing that gostrap says
  expect_equal "what gostrap says" 1 "$(said | wc -l)"
  expect_match "^gostrap: the compiled std .*$1.*: it is compiled again; .gostrap verify --repair $seed. mends it$" "$T/err"
}

new_seed
fmt=$(file_of fmt) errors=$(file_of errors) trimmed=$(basename "$(file_of fmt -trimpath)")
own "$fmt"
expect_right_by "$seed" words ''
output_of() { basename "$1" | cut -d- -f2; }
expect_match "^$(output_of "$fmt") " "$cache"/gostrap-std/*
cp -p "$fmt" "$T/whole"
# what this changes is in the program, and nothing but the hash tells
offset=$(grep -abo -m 1 '%!(EXTRA ' "$fmt" | head -n 1 | cut -d: -f1)
printf '?' | dd of="$fmt" bs=1 seek=$((offset + 1)) conv=notrunc status=none && touch -r "$T/whole" "$fmt"
expect_equal "bytes that differ" 1 "$(cmp -l "$fmt" "$T/whole" | wc -l)"
for known in yes no; do
  [ $known = yes ] || fresh
  expect_right_by "$seed" words fmt
  expect_warning "is damaged \\($(basename "$fmt")\\)"
done
expect_equal "what it prints" "$(printf 'words\n%%!(EXTRA int=1)')" "$(qemu-riscv64 "$T/program")"
ok "one byte of a file that was whole when it was seen last, its times as before: the package is compiled again"

for damage in rm 'truncate -s 100' 'truncate -s 0' "cp $std/share/std/$trimmed" "cp $errors" broken_link directory; do
  broken_link() { ln -sfn /nonexistent "$1"; }
  directory() { rm "$1" && mkdir "$1"; }
  fresh && new_seed
  own "$seed/share/std/$(basename "$fmt")"
  $damage "$seed/share/std/$(basename "$fmt")"
  expect_right_by "$seed" words fmt
  expect_warning "($(basename "$fmt")|no such file or directory|is a directory)"
done
ok "a file that is missing, cut off, another result's, that of -trimpath, or no file: the package is compiled again"

GOARCH=arm64 learn_right tiny-arm64 ./tiny
fresh
GOARCH=arm64 build_with "$std" ./tiny
expect_right tiny-arm64
expect_match '^runtime$' <(compiled_of_std)
expect_equal "what gostrap says" "" "$(said)"
ok "the std of another port, whole as it is, has nothing to say"

cp -r "$std" "$T/another" && chmod -R u+w "$T/another"
action=$(awk -v output="$(output_of "$fmt")" '$2 == output { print $1; exit }' "$std/share/std/index")
size=$(stat -c %s "$std/share/std/$trimmed")
awk -v action="$action" -v output="$(output_of "$trimmed")" -v size="$size" \
  '/^sha256/ { next } $1 == action { $2 = output; $3 = size } { print }' "$std/share/std/index" >"$T/index"
{ cat "$T/index" && printf 'sha256 %s\n' "$(sha256sum "$T/index" | cut -d' ' -f1)"; } >"$T/another/share/std/index"
expect_exit 1 "$GOSTRAP" verify "$T/another"
expect_match 'share/std/index was changed'
ok "an index, its checksum right, that has another result for an action: verify says so"

as=("${unprivileged[@]}")
touch "$T/closed" && chmod 0 "$T/closed"
expect_exit 1 "${as[@]}" cat "$T/closed"
new_seed && fmt=$seed/share/std/$(basename "$fmt")
own "$fmt" && own "$seed/share/std/index"
fresh && expect_right_by "$seed" words ''
chmod 0 "$fmt"
for known in yes no; do
  [ $known = yes ] || fresh
  expect_right_by "$seed" words fmt
  expect_warning "is damaged \\(open $fmt: permission denied"
done
for closed in index .; do
  chmod 0 "$seed/share/std/$closed"
  fresh && build_with "$seed" ./tiny
  expect_right tiny
  expect_match '^runtime$' <(compiled_of_std)
  expect_warning "cannot be read \\(open $seed/share/std/index: permission denied\\)"
  chmod 755 "$seed/share/std" "$seed/share/std/index"
done
chmod 0 "$seed/bin/go_cache"
expect_exit 1 go_with "$seed" build -o "$T/no" ./tiny
expect_match 'error starting GOCACHEPROG program ".*": .*permission denied'
ok "a file, an index, a directory that may not be read: compiled again; a program that may not be run: the go command says so"
as=()

mkdir "$T/read-only" && mount --bind "$std" "$T/read-only" && mount -o remount,bind,ro "$T/read-only"
! touch "$T/read-only/share/std/index" 2>/dev/null || fail "it can be written"
for flag in -trimpath=false -trimpath=false -trimpath; do
  build_with "$T/read-only" $flag ./words
  [ $flag = -trimpath ] || expect_right words
  expect_equal "what of std is compiled" "" "$(compiled_of_std)"
  expect_equal "what gostrap says" "" "$(said)"
done
mount -o remount,bind,ro,noexec "$T/read-only"
expect_exit 1 go_with "$T/read-only" build -o "$T/no" ./tiny
expect_match 'error starting GOCACHEPROG program ".*": .*permission denied'
ok "on a read-only file system it serves as anywhere; where no program may run, the go command says so"
