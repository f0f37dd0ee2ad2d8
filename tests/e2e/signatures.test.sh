#!/usr/bin/env bash
# verify --against on real programs for darwin: what a signer does is allowed for, a changed byte is found.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires zip
sign() { perl "$GOSTRAP_SOURCE_DIR/tests/lib/sign-macho.pl" "$@"; }

mapfile -t sdks < <(build 1.24.4 darwin/arm64 darwin/amd64)
mkdir "$T/go" && cd "$T"
printf 'package main\n\nfunc main() { println("hi") }\n' >hello.go
echo kept >go/VERSION
for sdk in "${sdks[@]}"; do
  GOCACHE=${GOSTRAP_TEST_GOCACHE:-$T/cache} GOFLAGS='' "$sdk/bin/go" build -o "go/${sdk##*-}" hello.go
done
cp -r go ours

# pack FILE: what $T/go holds; nothing but contents differs between two of them
pack() {
  find go -exec touch -d 2025-06-03T00:00:00Z {} +
  case $1 in
    *.zip) TZ=UTC zip -qrX "$1" go ;;
    *) tar --sort=name --owner=0 --group=0 -czf "$1" go ;;
  esac
}

for ending in tar.gz zip; do
  rm -r go && cp -r ours go
  pack "ours.$ending"
  sign go/arm64 go/amd64
  cmp -s go/arm64 ours/arm64 && fail "nothing was signed"
  pack "signed.$ending"
  expect_exit 0 "$GOSTRAP" verify --against "signed.$ending" "ours.$ending"
  expect_match 'the same but for code signatures: 4 entries, 2 of them signed programs' "$T/out"

  cp go/arm64 kept
  printf 'X' | dd of=go/arm64 bs=1 seek=70000 conv=notrunc status=none
  pack "changed.$ending"
  expect_exit 1 "$GOSTRAP" verify --against "changed.$ending" "ours.$ending"
  expect_match '^ +go/arm64 has other contents' "$T/out"
  expect_no_match 'go/amd64' "$T/out"

  cp kept go/arm64 && printf 'X' >>go/arm64
  pack "longer.$ending"
  expect_exit 1 "$GOSTRAP" verify --against "longer.$ending" "ours.$ending"
  expect_match '^ +go/arm64 has other contents' "$T/out"
  ok "$ending: signed programs hold, a changed byte and one behind the signature do not"
done
