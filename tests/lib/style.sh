#!/usr/bin/env bash
# How the code looks, as ctest runs it: style.sh format|lint|analyze|shell|languages BUILD_DIRECTORY
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
readonly stamps=${XDG_CACHE_HOME:-$HOME/.cache}/gostrap/tidy

# How lines are broken and what is asked for differs from one LLVM to the next: Debian 12's is the one that counts.
readonly llvm=14

# right_llvm TOOL: with another one the check says that it is skipped, as 77 tells ctest.
right_llvm() {
  local version
  version=$("$1" --version | sed -n 's/.*version \([0-9]*\)\..*/\1/p')
  [ "$version" != "$llvm" ] || return 0
  [ -n "$version" ] || { echo "$1 --version says no version" >&2 && exit 2; }
  echo "SKIP: $1 here is of LLVM $version; what the code has to look like is what LLVM $llvm's says, which Debian 12 has"
  exit 77
}

# No file means that we look in the wrong place, and that is no success.
some() { [ $# -gt 0 ] || { echo "there is nothing to check in $PWD" >&2 && exit 2; }; }

format() {
  local files
  mapfile -t files < <(find src tests -name '*.[ch]pp')
  some "${files[@]}"
  # names that strangers choose can all be made to meet in one place of such a table
  if grep -rnE 'std::unordered_(multi)?(map|set)<' src --include='*.[ch]pp'; then
    echo "use std::map or std::set" >&2
    exit 1
  fi
  right_llvm clang-format
  clang-format --dry-run -Werror "${files[@]}"
}

# clang-tidy with these checks on top of .clang-tidy's, a process a core. What passed once and did not change is not looked at again.
tidy() {
  local build=$1 checks=$2 files
  right_llvm clang-tidy
  mkdir -p "$stamps"
  find "$stamps" -type f -mtime +30 -delete
  mapfile -t files < <(find src -name '*.cpp')
  some "${files[@]}"
  # how many warnings it suppressed in others' headers is noise
  printf '%s\n' "${files[@]}" | perl tests/lib/untidied.pl "$build" "$stamps" "$checks" "$(clang-tidy --version)" |
    xargs -r -L 1 -P "$(nproc)" "$BASH" tests/lib/style.sh tidy_one "$build" "$checks" 2> >(grep -v ' generated\.$' >&2)
}

tidy_one() { # BUILD CHECKS FILE KEY…
  local build=$1 checks=$2 file=$3 key
  shift 3
  clang-tidy --quiet -p "$build/tidy" --extra-arg=-Wno-shadow "--checks=$checks" "$file" || return
  for key in "$@"; do [ "$key" = never ] || : >"$stamps/$key"; done
}

# The static analyzer takes longer than all other checks together, so it is a test of its own.
lint() { tidy "$1" '-clang-analyzer-*'; }
analyze() { tidy "$1" '-*,clang-analyzer-core.*,clang-analyzer-cplusplus.*,clang-analyzer-unix.*'; }

# Every script, whether its name or its first line says so.
shell() {
  local files
  mapfile -t files < <(find . \( -path ./.git -o -path ./build \) -prune -o -type f -size -200k -print |
    xargs -d '\n' awk 'FNR == 1 { if (FILENAME ~ /\.(ba)?sh$/ || /^#!.*[\/ ](ba)?sh( |$)/) print FILENAME; nextfile }')
  some "${files[@]}"
  shellcheck -x "${files[@]}"
  # such a grep ends at its first match, the one before it may die of SIGPIPE, and pipefail makes a failure of it
  if grep -nE '[^|]\| *grep +-[a-zA-Z]*q' "${files[@]}" /dev/null; then
    echo "grep the file itself, or drop -q and send what it prints elsewhere" >&2
    exit 1
  fi
}

# each ENDING COMMAND…: for every such file; where the command is not installed, none is looked at.
each() {
  local ending=$1 files
  shift
  mapfile -t files < <(find src nix -name "*.$ending")
  some "${files[@]}"
  if ! command -v "$1" >/dev/null; then
    echo "there is no $1 here, so no *.$ending is looked at" >&2
    return
  fi
  printf '%s\0' "${files[@]}" | xargs -0 -n 1 "$@"
}

# The texts in other languages that the program has in it, and templates, by their own tools.
languages() {
  local unformatted
  PATH=$PATH$(printf ':%s' /usr/lib/go-*/bin) # where Debian keeps gofmt
  unformatted=$(each go gofmt -l)
  if [ -n "$unformatted" ]; then
    printf 'gofmt would write these otherwise:\n%s\n' "$unformatted" >&2
    exit 1
  fi
  each cjs node --check
  each mjs node --check
  each zsh zsh -n
  each fish fish --no-execute
}

"$@"
