#!/usr/bin/env bash
# The whole matrix: every archive that upstream published of 1.24.4, those of ten systems of 1.23.1, and 1.27.1 from the
# ladder that leads there. Takes an hour and a half on 2 cores, and 30 GB. By hand, with the table and the page at the end:
#
#   gostrap build --all --archives --release 1.24.4 --from go1.24.4.src.tar.gz
#   gostrap verify --official --all --release 1.24.4 --html go1.24.4.html
#
# GOSTRAP_TEST_PAGES  a directory for the pages
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
pages=${GOSTRAP_TEST_PAGES:-$T}

# prove VERSION: prints the table, and keeps it in $T/out
prove() {
  expect_exit 0 "$GOSTRAP" verify --official --all --release "$1" --html "$pages/go$1.html"
  cat "$T/out"
}

# Ours with the programs signed as a signer does it, everything else as it was: names, their order, modes and times.
# sign_archive OURS SIGNED
sign_archive() {
  local program
  rm -rf "$T/signed" && mkdir "$T/signed"
  tar -C "$T/signed" -xpzf "$1"
  while read -r program; do
    touch -r "$program" "$T/time"
    perl "$GOSTRAP_SOURCE_DIR/tests/lib/sign-macho.pl" "$program"
    touch -r "$T/time" "$program"
  done < <(find "$T/signed/go/bin" "$T/signed/go/pkg/tool" -type f)
  tar -tzf "$1" >"$T/names"
  tar -C "$T/signed" --no-recursion --owner=0 --group=0 --numeric-owner -czf "$2" -T "$T/names"
}

build 1.24.4 --all --archives >/dev/null
prove 1.24.4
expect_match '^go1.24.4: 38 canonical, 2 not comparable, 8 not published$'
ok "all archives of 1.24.4: 38 equal, and two that Apple signed"

for port in darwin-amd64 darwin-arm64; do
  ours=$(echo "$GOSTRAP_STORE"/*-archives-$port/go1.24.4.$port.tar.gz)
  sign_archive "$ours" "$T/$port.tar.gz"
  expect_exit 0 "$GOSTRAP" verify --against "$T/$port.tar.gz" "$ours"
  expect_match 'the same but for code signatures: [0-9]+ entries, [0-9]{2} of them signed programs'
  printf 'x' | dd of="$T/signed/go/bin/go" bs=1 seek=100000 conv=notrunc status=none
  tar -C "$T/signed" --no-recursion --owner=0 --group=0 --numeric-owner -czf "$T/changed.tar.gz" -T "$T/names"
  expect_exit 1 "$GOSTRAP" verify --against "$T/changed.tar.gz" "$ours"
  expect_match 'go/bin/go has other contents'
  ok "$port: signatures are allowed for, a changed byte is not"
done

build 1.23.1 aix/ppc64 dragonfly/amd64 freebsd/arm64 illumos/amd64 linux/mips64le netbsd/arm openbsd/386 plan9/386 \
  solaris/amd64 windows/amd64 --archives >/dev/null
prove 1.23.1
expect_match '^go1.23.1: 1[0-9] canonical, '
expect_no_match ' differs'
ok "ten systems of 1.23.1"

"$GOSTRAP" build linux/amd64 linux/riscv64 --archives --release 1.27.1 --bootstrap /usr/lib/go-1.23 \
  --from "1.27.1=$(test_archive 1.27.1)" --from "1.24.9=$(test_archive 1.24.9)" >/dev/null
prove 1.27.1
for port in linux/amd64 linux/riscv64; do expect_match "^$port +canonical "; done
ok "1.27.1, over 1.24.9"
