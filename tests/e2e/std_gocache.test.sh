#!/usr/bin/env bash
# A compiled std and a GOCACHE that is full, cannot be written, or is not there: the right program, or a clear refusal, and
# nothing in GOCACHE that a later go command would take for something else. Twenty go commands at once share one.

# Small and read-only file systems need a mount namespace.
# shellcheck source=tests/lib/mounts.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/mounts.sh"
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires setpriv
requires_older_go
requires_mounts
# shellcheck source=tests/lib/std.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/std.sh"

learn_right tiny ./tiny
learn_right words ./words
expect_nothing_kept() { # REGEX: why
  expect_equal "what gostrap says" 1 "$(said | wc -l)"
  expect_match "^gostrap: GOCACHE takes nothing \\(.*$1\\): what is compiled now is kept until this command ends$" "$T/err"
  expect_equal "what stays in TMPDIR" "" "$(find "$TMPDIR" -mindepth 1 -name 'gostrap-*')"
}

fresh && mkdir "$cache"
mount -t tmpfs -o size=4k tmpfs "$cache"
expect_right_by "$std" words ''
expect_nothing_kept 'no space left on device'
mount -o remount,size=100m "$cache"
expect_right_by "$std" words ''
expect_equal "what gostrap says" "" "$(said)"
expect_sound_cache "$cache"
umount "$cache"
ok "a GOCACHE that is full: the right program, which is said; with more space it keeps it"

new_seed && rm "$seed/share/std/index"
mount -t tmpfs -o size=3m tmpfs "$cache"
build_with "$seed" ./tiny
expect_right tiny
expect_match '^gostrap: GOCACHE takes nothing .*no space left on device' "$T/err"
expect_sound_cache "$cache"
mount -o remount,size=100m "$cache"
build_with '' ./tiny
expect_right tiny
compiled_of_std >"$T/again"
expect_match '^runtime$' "$T/again"
expect_no_match '^internal/goarch$' "$T/again"
umount "$cache"
ok "one that is full on the way: what it took is whole, and the go command goes on from there"

mount -t tmpfs -o nr_inodes=100 tmpfs "$cache"
expect_exit 1 go_with "$std" build -o "$T/no" ./tiny
expect_match "failed to initialize build cache at $cache: mkdir .*: no space left on device"
umount "$cache"
mount -t tmpfs -o ro tmpfs "$cache"
expect_exit 1 go_with "$std" build -o "$T/no" ./tiny
expect_match "failed to initialize build cache at $cache: mkdir .*: read-only file system"
umount "$cache"
(cd "$cache" && printf '%02x\0' {0..255} | xargs -0 mkdir)
mount --bind "$cache" "$cache" && mount -o remount,bind,ro "$cache"
expect_right_by "$std" words ''
expect_nothing_kept 'read-only file system'
umount "$cache"
as=("${unprivileged[@]}")
chmod -R a-w "$cache"
expect_right_by "$std" words ''
expect_nothing_kept 'permission denied'
chmod a-x "$cache"
expect_exit 1 go_with "$std" build -o "$T/no" ./tiny
expect_match "failed to initialize build cache at $cache: .*: permission denied"
as=()
ok "one that cannot be written: the same, or the go command's own refusal"

for value in off relative/gocache "$T/m/go.mod/gocache" /dev/null/gocache /proc/gocache; do
  for with in "$std" ''; do
    cache=$value expect_exit 1 go_with "$with" build -o "$T/no" ./tiny
    expect_match 'build cache (is disabled by GOCACHE=off|is required, but could not be located|at /.*: mkdir .*)'
    [ -n "$with" ] || cmp "$T/err" "$T/refusal"
    mv "$T/err" "$T/refusal"
  done
done
expect_exit 1 env -u HOME GOCACHEPROG="$std/bin/go_cache" go build -o "$T/no" ./tiny
expect_match 'GOCACHE is not defined and neither .XDG_CACHE_HOME nor .HOME are defined'
HOME=$T/another GOCACHEPROG=$std/bin/go_cache expect_exit 0 go build -o "$T/program" ./tiny
expect_right tiny
[ -n "$(find "$T/another/.cache/go-build" -name '*-a')" ] || fail "nothing is kept in the default place"
ok "without a GOCACHE: the go command's own words; where none is named, the default one is made"

cache=$T/gocache$'\377'
expect_right_by "$std" words ''
expect_nothing_kept 'its path is not in UTF-8, .*'
new_seed && mv "$seed" "$seed"$'\377' && seed=$seed$'\377'
fresh
for again in no yes; do
  build_with "$seed" ./tiny
  expect_right tiny
  [ $again = no ] || expect_equal "what of std is compiled again" "" "$(compiled_of_std)"
  expect_match '^gostrap: the compiled std at .* cannot be used \(its path is not in UTF-8, .*: it is compiled again$' "$T/err"
done
ok "a path that is not in UTF-8, which the go command cannot be told: without it, which is said"

# fill: EXIT REGEX
fill() {
  GOCACHE=$cache expect_exit "$1" "$std/bin/go_cache" fill
  expect_match "$2" "$T/err"
}
fresh && mkdir "$cache" && cache=off fill 1 '^gostrap: the build cache: GOCACHE is not an absolute path'
cache=/dev/null/no fill 1 '^gostrap: the build cache: mkdir /dev/null: not a directory$'
mount -t tmpfs -o ro tmpfs "$cache"
fill 1 '^gostrap: the build cache: mkdir .*: read-only file system$'
umount "$cache"
mount -t tmpfs -o size=20m tmpfs "$cache"
fill 1 '^gostrap: the build cache: write .*: no space left on device$'
expect_sound_cache "$cache"
expect_equal "what it tells to be filled" "" "$(find "$cache" -name '*-filled')"
mount -o remount,size=500m "$cache"
GOCACHE=$cache expect_exit 0 "$std/bin/go_cache" fill
build_with '' ./words
expect_right words
expect_equal "what of std is compiled" "" "$(compiled_of_std)"
ok "fill into a GOCACHE that is full or cannot be written: it says why; with more space it fills it"

by_older() { HOME=$home expect_exit 0 env GOCACHE="$1" GOARCH=riscv64 GOTOOLCHAIN=local "$older_go" build -o "$2" ./tiny; }
by_older "${GOSTRAP_TEST_GOCACHE:-$T/older}" "$T/right/older"
by_older "$cache" "$T/program"
expect_right older
umount "$cache"
ok "another release's go command finds nothing there that it would take"
