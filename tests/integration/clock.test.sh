#!/usr/bin/env bash
# A clock that jumps: what is in the store counts, not when it was made.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0 "echo ran >>'$T/runs'"
build() { expect_exit 0 "$GOSTRAP" build "$@" --release 1.99.0; }

# dated DATE YEAR: as if the store had been filled at that time
dated() {
  sed -i 's/"made": "[0-9]*-/"made": "'"$2"'-/' "$store"/provenance/*.json
  find "$store" -exec touch -h -d "$1" {} +
}
build riscv64
for when in "2199-01-01 2199" "1970-01-02 1970"; do
  read -r date year <<<"$when"
  dated "$date" "$year"
  build riscv64
  build "$([ "$year" = 1970 ] && echo arm64 || echo s390x)"
  expect_exit 0 "$GOSTRAP" list
  expect_match "$year-" "$T/out"
  expect_clean_store
done
expect_equal "runs of make.bash" 1 "$(wc -l <"$T/runs")"
ok "entries from the future and from 1970 are used"

mkdir -p "$store/work/.left.partial-1/a"
touch -d 2199-01-01 "$store/work/.left.partial-1" "$store/locks"/*
build 386
expect_clean_store
ok "left-overs and locks from the future are no obstacle"

# The clock itself: strace answers for the kernel where the program asks it, so faketime is needed.
if command -v faketime >/dev/null; then
  fake_release 1.99.1
  expect_exit 0 faketime -f '+0 x100000' "$GOSTRAP" build riscv64 --release 1.99.1
  expect_exit 0 faketime '1999-12-31 23:59:59' "$GOSTRAP" build arm64 --release 1.99.1
  expect_clean_store
  ok "a clock that runs away, and one that is set back, are no obstacle"
fi
