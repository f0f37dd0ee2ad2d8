#!/usr/bin/env bash
# Several at a time: the same thing is done once, different things share what they have in common, readers are not
# disturbed.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.96.0
fake_runners
for version in 1.97.0 1.98.0; do fake_release $version "echo go$version >>'$T/runs'"; done
# While $T/awaited is there, its make.bash goes on when another run has said that it waits (or never will).
fake_release 1.99.0 "echo go1.99.0 >>'$T/runs'
for ((turn = 0; turn < 1500; turn++)); do
  if [ ! -e '$T/awaited' ] || grep -q 'Another gostrap is making' '$T'/err.*; then break; fi
  sleep 0.02
done"

# together VERSION PORT…: one build of each port at a time
together() {
  local version=$1 pids=() each status=0
  shift
  rm -f "$T"/out.* "$T"/err.*
  for each in "$@"; do
    "$GOSTRAP" build "$each" --release "$version" >"$T/out.${#pids[@]}" 2>"$T/err.${#pids[@]}" </dev/null &
    pids+=($!)
  done
  for each in "${!pids[@]}"; do
    wait "${pids[each]}" || { cat "$T/err.$each" && status=1; }
  done
  [ "$status" = 0 ] || fail "one of ${#pids[@]} builds failed"
}

together 1.97.0 riscv64 riscv64
expect_equal "runs of make.bash" "go1.97.0" "$(cat "$T/runs")"
expect_equal "what both print" "$(entry go1.97.0-sdk-linux-riscv64)" "$(sort -u "$T/out.0" "$T/out.1")"
expect_clean_store
ok "two builds of the same thing do it once, and both succeed"

touch "$T/awaited"
together 1.99.0 riscv64 riscv64 riscv64 riscv64 riscv64 riscv64 riscv64 riscv64
rm "$T/awaited"
expect_equal "runs of make.bash" "go1.97.0 go1.98.0 go1.99.0" "$(tr '\n' ' ' <"$T/runs" | sed 's/ $//')"
expect_equal "what all print" "$(entry go1.99.0-sdk-linux-riscv64)" "$(sort -u "$T"/out.*)"
grep -q 'Another gostrap is making .*: waiting for it' "$T"/err.* || fail "nobody said that it waits"
expect_clean_store
ok "eight builds of the same thing, over a ladder, do it once"

chmod -R u+w "$store" && rm -rf "$store" "$T/runs"
together 1.97.0 riscv64 arm64 wasm wasi windows/amd64 s390x
expect_equal "runs of make.bash" "go1.97.0" "$(cat "$T/runs")"
expect_equal "SDKs" 6 "$(find "$store" -maxdepth 1 -name '*-sdk-*' | wc -l)"
ok "builds for six ports share the host toolchain"

# What killed runs left is cleared up by eight at a time.
mkdir -p "$store/work"
for number in $(seq 40); do
  mkdir -p "$store/work/.left.partial-99999$number/a/b/c" "$store/.left.partial-99999$number/a"
  touch "$store/work/.left.partial-99999$number/a/b/c/file"
done
together 1.98.0 riscv64 riscv64 riscv64 riscv64 riscv64 riscv64 riscv64 riscv64
expect_clean_store
ok "eight at a time clear up what killed runs left"

# A stage whose process has an id that means nothing here (another container's) is in use as long as it is locked.
left=$store/work/.theirs.partial-999999999
mkdir "$left"
exec 9<"$left" && flock 9
expect_exit 0 "$GOSTRAP" build loong64 --release 1.98.0
[ -d "$left" ] || fail "somebody's work was removed"
exec 9<&-
expect_exit 0 "$GOSTRAP" build 386 --release 1.98.0
[ ! -d "$left" ] || fail "what nobody uses is still there"
ok "the work of another container is left alone until it ends"

# Readers, while a ladder is climbed.
touch "$T/reading"
chmod -R u+w "$store" && rm -rf "$store"
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.97.0
sdk=$(entry go1.97.0-sdk-linux-riscv64)
"$GOSTRAP" build riscv64 arm64 386 s390x --release 1.99.0 >"$T/out.writer" 2>"$T/err.writer" &
writer=$!
reads=0
while kill -0 "$writer" 2>/dev/null || [ "$reads" = 0 ]; do
  expect_exit 0 "$GOSTRAP" list --json
  json "$T/out" >"$T/count"
  expect_sound_store
  expect_exit 0 "$GOSTRAP" exec riscv64 --release 1.97.0 -- go version
  expect_exit 0 "$GOSTRAP" verify "$sdk"
  reads=$((reads + 1))
done
wait "$writer" || { cat "$T/err.writer" && fail "the writer"; }
ok "readers see whole entries only, while another writes ($reads times)"
