#!/usr/bin/env bash
# run.sh FUZZER SEEDS PLACE: the fuzzer for GOSTRAP_TEST_FUZZ_SECONDS (default: 10), from the seeds and from what earlier
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
# the certificates of the machine are not what is tried
unset SSL_CERT_FILE SSL_CERT_DIR
# AddressSanitizer remembers each thread that ever was, some KB of it: gigabytes in an hour
# No input of 64 kB may take long, or one piece of memory that is large: half a gigabyte is what a window of xz may be.
# The network has timeouts of its own, and the disk of archives and trees its own pace.
case ${fuzzer##*/} in
  fuzz_git_server) seconds=20 megabytes=2000 ;;
  fuzz_archive | fuzz_bundle | fuzz_git_tree) seconds=10 megabytes=1100 ;;
  *) seconds=5 megabytes=300 ;;
esac
"$fuzzer" -max_total_time="${GOSTRAP_TEST_FUZZ_SECONDS:-10}" -timeout=$seconds -malloc_limit_mb=$megabytes -rss_limit_mb=6000 \
  -max_len=65536 -print_final_stats=1 -artifact_prefix="$place/" "$place/corpus" "$seeds"
