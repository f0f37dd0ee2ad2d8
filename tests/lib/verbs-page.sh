#!/usr/bin/env bash
# verbs-page.sh GOSTRAP: docs/verbs.md, from the records that --help is made of.
set -euo pipefail
gostrap=$1

cat <<'HEAD'
# Every verb

What `--help` says, made by `tests/lib/verbs-page.sh`.
HEAD
page() {
  printf '\n## gostrap %s\n\n```text\n' "$*"
  "$gostrap" "$@" --help | sed 's/ *$//'
  printf '```\n'
}
# shellcheck disable=SC2207 # they are words
verbs=($("$gostrap" --help | sed -nE 's/^  ([a-z]+) +[^ ].*/\1/p'))
for verb in "${verbs[@]}"; do
  mapfile -t parts < <("$gostrap" "$verb" --help | sed -nE '1s/^Usage: gostrap [a-z]+ ([a-z]+ .*\|.*)/\1/p' | sed 's/ | /\n/g' | cut -d' ' -f1)
  if [ ${#parts[@]} = 0 ]; then page "$verb"; fi
  for part in "${parts[@]}"; do page "$verb" "$part"; done
done
