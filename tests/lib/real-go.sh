# shellcheck shell=bash
# Sourced after preamble.sh by tests that build real Go: they share one store, so that a host toolchain is built once.
: "${GOSTRAP_TEST_STORE:?the store that tests share, see tests/run}"
export GOSTRAP_STORE=$GOSTRAP_TEST_STORE

# build VERSION ARGUMENT…: gostrap build from the pristine archive of the release; prints the paths.
build() {
  local version=$1
  shift
  "$GOSTRAP" build "$@" --release "$version" --from "$(test_archive "$version")"
}

# published VERSION FILE: the checksum that upstream published, as nix/releases has it.
published() {
  "$GOSTRAP" release show "$1" --json | awk -F'"' -v file="$2" '$2 == file { print $4 }'
}

# expect_published VERSION DIRECTORY FILE: the archive made here has upstream's checksum.
expect_published() {
  local sum
  sum=$(published "$1" "$3")
  [ -n "$sum" ] || fail "nix/releases has no checksum of $3"
  expect_equal "$3" "$sum" "$(sha256sum "$2/$3" | cut -d' ' -f1)"
  ok "$3 is the published one: $sum"
}

# manifest_value SDK KEY: a top-level string of its manifest.
manifest_value() {
  awk -F'"' -v key="$2" '$2 == key { print $4; exit }' "$1/share/gostrap/manifest.json"
}

# source_of VERSION: where a release's source can be had: a clone of Go's history, an archive, what Debian has; else nothing.
source_of() {
  local archive=${GOSTRAP_TEST_ARCHIVES-}/go$1.src.tar.gz
  if [ -n "${GOSTRAP_TEST_GO_GIT-}" ]; then
    printf '%s\n' "$GOSTRAP_TEST_GO_GIT"
  elif [ -f "$archive" ]; then
    printf '%s\n' "$archive"
  else
    "$GOSTRAP_SOURCE_DIR/quickstart" --source "$1" 2>/dev/null || true
  fi
}
