#!/usr/bin/env bash
# The compiled std beside SDKs that compile C, of other ports and C libraries: nothing of std is compiled again, what is made
# is what is made without, and the results are the same wherever they are made.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/real-go.sh"
# shellcheck source=tests/lib/std_c.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/std_c.sh"
requires x86_64-linux-gnu-gcc aarch64-linux-gnu-gcc musl-gcc x86_64-w64-mingw32-gcc qemu-aarch64

# without COMMAND…: a go command that asks no program
without() { PATH=$sdk/bin:$PATH GOCACHE=$T/without-cache "$@"; }

# expect_same FLAG…: what is built with it, of which nothing of std is compiled, is what is built without it.
expect_same() {
  local program
  for program in hello own; do
    expect_equal "std's packages compiled with $*" "" "$(compiled with_std go build -x "$@" -o "$T/with" "./$program")"
    without go build "$@" -o "$T/without" "./$program"
    cmp "$T/with" "$T/without"
  done
}

for words in arm64 'amd64 --cc musl --static' windows/amd64; do
  read -ra words <<<"$words --cgo"
  mapfile -t built < <(build 1.24.4 "${words[@]}" --std 2>"$T/said")
  sdk=${built[0]} std=${built[1]}
  use "$sdk" "$std"
  expect_exit 0 "$GOSTRAP" verify "$T/store/$(basename "$std")" --store "$T/store"
  expect_match 'hello by it: no package of std is compiled again, and the program is the same'
  expect_same -trimpath
  expect_equal "packages vetted" "" "$(compiled with_std go vet -x ./hello)"
  ok "${words[*]}: nothing of std is compiled, and the programs are the same"
  case ${words[*]} in
    *musl*) ;;
    *)
      expect_same -race
      ok "${words[*]}: nor with -race"
      ;;
  esac
done

read -ra words <<<'arm64 --cgo'
mapfile -t built < <(build 1.24.4 "${words[@]}" --std)
sdk=${built[0]} std=${built[1]}
use "$sdk" "$std"
expect_equal "std's packages compiled for a test" "" "$(compiled with_std go test -x ./hello)"
expect_match '^ok[[:space:]]+example.org/m/hello'
with_flags() { CGO_CFLAGS=-O1 with_std "$@"; }
expect_match 'cgo runtime/cgo' <(compiled with_flags go build -x -o "$T/with" ./own)
without env CGO_CFLAGS=-O1 go build -o "$T/without" ./own
cmp "$T/with" "$T/without"
ok "tests run through QEMU; with C flags of your own std is compiled with them"

umask 077
cp -r "$sdk" "$T/copy of the SDK"
(cd / && HOME=$T/another TMPDIR=/var/tmp "$GOSTRAP" std "$T/copy of the SDK" --out "$T/std" --jobs 1)
diff -r "$std" "$T/std"
ok "made again from a copy of the SDK elsewhere, it is the same to the byte"
