# shellcheck shell=sh
# Fills GOCACHE with what std's packages compile to, as the go command $1 asks for it: plain, with -trimpath, for vet
# and for tests. Two projects that have nothing in common ask. What is in GOCACHE before the second one does is listed in
# $2/before, and has a time of use of long ago, which the go command renews where it takes it: that is what any project takes.
set -eu
go=$1 work=$2

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

use one example.org/one
find "$GOCACHE" -name '*-a' >"$work/before"
find "$GOCACHE" -name '*-a' -exec touch -d @946684800 {} +
use two two
