# shellcheck shell=bash
# Sourced first by every bench: the preamble of the tests, a program built for speed, and medians of two ways in turn.
GOSTRAP_SOURCE_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
GOSTRAP=$GOSTRAP_SOURCE_DIR/build/bench/gostrap
# shellcheck source=tests/lib/preamble.sh
declare -F expect_exit >/dev/null || . "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"

# build_bench TARGET…: builds them without assertions and sanitizers, apart from the presets' directories.
build_bench() {
  cmake -S "$GOSTRAP_SOURCE_DIR" -B "$GOSTRAP_SOURCE_DIR/build/bench" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
  cmake --build "$GOSTRAP_SOURCE_DIR/build/bench" --target "$@" >/dev/null
}

milliseconds() {
  local start=${EPOCHREALTIME/[.,]/}
  "$@" >/dev/null
  echo $(((${EPOCHREALTIME/[.,]/} - start) / 1000))
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

remove_results() {
  chmod -R u+w "$T"/got* 2>/dev/null || true
  rm -rf "$T"/got*
}

# in_turn ROUNDS NAME OURS THEIRS: runs the functions OURS and THEIRS by turns; prints medians and their ratio. What they
# leave in $T/got* is removed between the runs, out of the time.
in_turn() {
  local rounds=$1 name=$2 ours=$3 theirs=$4 round
  rm -f "$T/ours" "$T/theirs"
  for ((round = 0; round < rounds; round++)); do
    milliseconds "$ours" >>"$T/ours"
    remove_results
    milliseconds "$theirs" >>"$T/theirs"
    remove_results
  done
  awk -v name="$name" -v a="$(median <"$T/ours")" -v b="$(median <"$T/theirs")" -v n="$rounds" \
    'BEGIN { printf "%s: ours %d ms, the other %d ms, ratio %.2f (medians of %d, in turn)\n", name, a, b, a / b, n }'
}
