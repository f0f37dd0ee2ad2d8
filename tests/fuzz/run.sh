#!/usr/bin/env bash
# run.sh FUZZER SEEDS PLACE: the fuzzer for GOSTRAP_TEST_FUZZ_SECONDS (default: 60), from the seeds and from what earlier
# runs found and kept in PLACE/corpus. An input that breaks something is left in PLACE: make a unit test of it.
set -euo pipefail

fuzzer=$1 seeds=$2 place=$3
mkdir -p "$place/corpus"
# many small files are written and removed
TMPDIR=$(mktemp -d "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")/gostrap-fuzz-XXXXXX")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
# libgit2 keeps a few bytes for good
export ASAN_OPTIONS=detect_leaks=0
# AddressSanitizer remembers each thread that ever was, some KB of it: gigabytes in an hour
"$fuzzer" -max_total_time="${GOSTRAP_TEST_FUZZ_SECONDS:-60}" -timeout=20 -malloc_limit_mb=2000 -rss_limit_mb=6000 \
  -max_len=65536 -print_final_stats=1 -artifact_prefix="$place/" "$place/corpus" "$seeds"
