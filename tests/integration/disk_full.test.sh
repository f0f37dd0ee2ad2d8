#!/usr/bin/env bash
# A full disk at any moment: exit code 2, a message that names the place and what to do, nothing lost; with more space the
# next run finishes.

# Small file systems need a mount namespace.
# shellcheck source=tests/lib/mounts.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/mounts.sh"
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires_mounts

fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0
fake_release 1.99.1 'head -c 100M /dev/zero >big'
disk=$T/disk
mkdir -p "$disk" "$store" && rmdir "$store" && ln -s "$disk" "$store"
mount -t tmpfs -o size=40m tmpfs "$disk"

# On a tmpfs every file and directory is an inode: so many of them are there at the end, and fewer than that on the way.
build() { "$GOSTRAP" build riscv64 --release 1.99.0; }
expect_exit 0 build
all=$(find "$disk" | wc -l)
places=0
for inodes in $(seq 6 $((all / 9)) $((all + 60))); do
  umount "$disk" && mount -t tmpfs -o "size=40m,nr_inodes=$inodes" tmpfs "$disk"
  if build >"$T/out" 2>"$T/err"; then break; fi
  places=$((places + 1))
  expect_exit 2 build
  expect_match "^gostrap: cannot .*$disk|^gostrap: cannot .*$store|^    .*: No space left on device" "$T/err"
  expect_match 'No space left on device' "$T/err"
  expect_match 'Free some space there, or name another place \(--store DIR, --out DIR\), and run the same command again' "$T/err"
  expect_no_match 'unforeseen' "$T/err"
  expect_equal "left-overs" "" "$(find "$disk" -maxdepth 2 \( -name '.*' -o -name '*.tmp' -o -path "$disk/work/*" \))"
  mount -o remount,nr_inodes=100000 "$disk"
  expect_sound_store
  expect_exit 0 build
done
[ "$places" -ge 6 ] || fail "the disk was full at $places places only"
ok "full after so and so many files ($places places): the place, what to do, and the next run finishes"

umount "$disk" && mount -t tmpfs -o size=20m tmpfs "$disk"
expect_exit 2 "$GOSTRAP" build riscv64 --release 1.99.1
expect_match '^    head: .*: No space left on device$' "$T/err"
expect_match 'Free some space there' "$T/err"
expect_match 'The whole log is ' "$T/err"
[ "$(df --output=used -k "$disk" | tail -n 1)" -lt 2000 ] || fail "the space is not given back: $(df "$disk")"
ok "a make.bash that fills the disk: its words, what to do, and the space is given back"

umount "$disk" && mount -t tmpfs -o nr_inodes=10 tmpfs "$disk"
expect_exit 2 "$GOSTRAP" source 1.99.1 --out "$disk/out"
expect_match 'No space left on device' "$T/err"
[ ! -e "$disk/out" ] || fail "half an output"
umount "$disk"
ok "a single step says the same"
