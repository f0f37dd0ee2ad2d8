# shellcheck shell=bash
# What std's packages compile to, as the go command $1 asks for it: plain, with -trimpath, for vet and for tests. Two projects
# that have nothing in common ask: what the second one takes of the first one's results is what any project takes.
#
# gostrap runs this, and a derivation that has no gostrap among its inputs (nix/std.nix). In the work directory $2, which has
# go_cache/, and where GOCACHE is, it leaves for src/seed/lay_out.cpp, without times and in order:
#
#   results/taken      a line "ACTION OUTPUT SIZE" for each, as an index has them
#   results/OUTPUT-d   what they are
#   results/go_cache   the build cache's program, for the machine that this runs on
set -euo pipefail
go=$1 work=$2
export CGO_ENABLED=0 GOFLAGS=-buildvcs=false

# Of a project's own packages, the one that uses all of std that it may.
packages=$("$go" list -e -f '{{if and (not .Incomplete) (ne .Name "main")}}{{.ImportPath}}{{end}}' std)
imports() {
  printf 'package %s\n\nimport (\n' "$1"
  printf '%s\n' "$packages" | grep -vE '(^|/)(internal|vendor)(/|$)|^runtime/(asan|cgo|libfuzzer|msan|race)$' |
    sed 's/.*/\t_ "&"/'
  printf ')\n'
}

use() {
  mkdir "$work/$1"
  cd "$work/$1"
  printf 'module %s\n\ngo 1.21\n' "$2" >go.mod
  imports "$1" >all.go
  cp all.go all_test.go
  echo "Building std ($1)"
  "$go" build std
  echo "Building std with -trimpath ($1)"
  "$go" build -trimpath std
  echo "Building what vet and tests ask of std ($1)"
  "$go" vet .
  "$go" test -c -o /dev/null .
}

# Of the entries that were there before the second project, those whose time of use the go command has renewed.
taken() {
  local entry version action output size
  while IFS= read -r entry; do
    if [ "$entry" -nt "$work/before" ]; then
      read -r version action output size _ <"$entry" # cmd/go/internal/cache writes it so
      [ "$version" = v1 ] || { echo "error: $entry begins with $version, not with v1" >&2 && exit 1; }
      printf '%s %s %s\n' "$action" "$output" "$size"
    fi
  done
}

use one example.org/one
find "$GOCACHE" -name '*-a' >"$work/before"
find "$GOCACHE" -name '*-a' -exec touch -d @946684800 {} +
touch -d @946684800 "$work/before"
use two two
mkdir "$work/results"
taken <"$work/before" | sort >"$work/results/taken"

echo "Building the build cache's program"
cd "$work"
GOOS=$("$go" env GOHOSTOS) GOARCH=$("$go" env GOHOSTARCH) \
  "$go" build -trimpath -ldflags='-s -w' -o results/go_cache go_cache/*.go
cd "$GOCACHE"
cut -d' ' -f2 "$work/results/taken" | sort -u | sed 's:^\(..\).*:\1/&-d:' | xargs mv -t "$work/results"
