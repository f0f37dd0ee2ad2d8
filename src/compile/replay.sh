#!/usr/bin/env bash
# Makes @package@ for @port@ again, byte for byte, from the SDK and the sources: replay.sh OUT
# These say where things are, if not where they were: @roots@
set -euo pipefail
export LC_ALL=C
[ $# = 1 ] || { echo "usage: replay.sh OUT" >&2; exit 2; }
@places@
WORK=$(mktemp -d)
odd=$'*[;=\\\\\n\r]*'
# shellcheck disable=SC2053 # it is a pattern
if [[ $WORK = $odd ]]; then rmdir "$WORK" && WORK=$(mktemp -d /tmp/replay.XXXXXX); fi
trap 'chmod -R u+w "$WORK"; rm -rf "$WORK"' EXIT
plain() {
  local place=${!1}
  [[ $place = /* ]] || place=$PWD/$place
  # shellcheck disable=SC2053
  if [[ $place = $odd ]]; then
    ln -s "$place" "$WORK/at!$1"
    place=$WORK/at!$1
  fi
  printf -v "$1" %s "$place"
}
for name in @roots@; do plain "$name"; done

die() { printf 'replay: %s\n' "$*" >&2; exit 1; }

# pack ARCHIVE OBJECT...: appends the objects, as the go command does
pack() {
  local archive=$1 object size
  shift
  for object in "$@"; do
    size=$(stat -Lc %s "$object")
    printf '%-16.16s%-12d%-6d%-6d%-8o%-10d`\n' "${object##*/}" 0 0 0 420 "$size" >>"$archive"
    cat "$object" >>"$archive"
    [ $((size % 2)) = 0 ] || printf '\0' >>"$archive"
  done
}

# tool DIRECTORY [NAME=VALUE...] COMMAND...: with this environment and no other
tool() {
  local directory=$1
  shift
  (cd "$directory" && env -i @environment@ "$@")
}

sha256sum --quiet -c - <<@mark@ || die "tools or sources are not what they were"
@sums@
@mark@
@steps@

sum=$(sha256sum <@output@)
[ "${sum%% *}" = @sha256@ ] || die "other bytes came out: ${sum%% *}"
cp @output@ "$1"
