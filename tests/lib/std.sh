# shellcheck shell=bash
# Sourced after real-go.sh by the tests of what may befall a compiled std and its GOCACHE: the go command is the SDK's, each
# program is compared with what it makes without, and a seed is one whose files can be replaced.
mapfile -t built < <(build 1.24.4 linux/riscv64 --std)
sdk=${built[0]} std=${built[1]}
PATH=$sdk/bin:$PATH

mkdir -p "$T/m/tiny" "$T/m/words" "$T/right"
cd "$T/m" || exit
printf 'module example.org/m\n\ngo 1.21\n' >go.mod
printf 'package main\n\nfunc main() { println("tiny") }\n' >tiny/tiny.go
printf 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Printf("words\\n", 1) }\n' >words/words.go

# fresh: a home and a GOCACHE that nobody has used, for the go commands that follow
fresh() { home=$(mktemp -d "$T/home-XXXXXX") && cache=$home/gocache; }
# go_with SEED WORD…: the go command with that seed's program, '' for none; one that hangs fails. Started by what is in $as.
as=()
go_with() {
  HOME=$home GOCACHE=$cache GOCACHEPROG=${1:+$1/bin/go_cache} timeout 120 "${as[@]}" go "${@:2}"
}
# build_with SEED FLAG… PROGRAM: into $T/program, as go build -x says it
build_with() {
  rm -f "$T/program"
  expect_exit 0 go_with "$1" build -x -o "$T/program" "${@:2}"
}
# expect_right NAME: the program just made is, byte for byte, what is made without a seed.
expect_right() { cmp "$T/program" "$T/right/$1"; }
# learn_right NAME FLAG… PROGRAM: makes that one. What is compiled for it the tests keep in a GOCACHE that no seed comes near.
learn_right() {
  local home=$T/learning cache=${GOSTRAP_TEST_GOCACHE:-$T/learning/gocache}
  build_with '' "${@:2}" && mv "$T/program" "$T/right/$1"
}

# Of what the last go command did: the packages that it compiled, and what gostrap said.
compiled() { sed -nE 's/.*\/compile -o .* -p ([^ ]+) .*/\1/p' "$T/err"; }
compiled_of_std() { compiled | sed -E '/^(example\.org\/m\/.*|main)$/d'; }
said() { sed -n '/^gostrap: /p' "$T/err"; }

# expect_right_by SEED PROGRAM PACKAGES: it is right with that seed, and these of std are compiled on the way.
expect_right_by() {
  build_with "$1" "./$2"
  expect_right "$2"
  expect_equal "what of std is compiled" "$3" "$(compiled_of_std)"
}
# root without capabilities is a user like any other: for $as
# shellcheck disable=SC2034 # for the tests
unprivileged=(setpriv --bounding-set=-all --inh-caps=-all)

# new_seed: a seed of its own at $seed, its files links to those of the real one
seeds=0
new_seed() {
  seeds=$((seeds + 1)) && seed=$T/seed-$seeds
  mkdir -p "$seed/bin" "$seed/share"
  cp "$std/bin/go_cache" "$seed/bin/"
  cp -rs "$std/share/std" "$seed/share/"
  chmod u+w "$seed/share/std"
}
# own FILE: a copy in place of the link, that can be changed
own() { cp --remove-destination "$(readlink -f "$1")" "$1" && chmod u+w "$1"; }
# file_of PACKAGE FLAG…: where the go command has it from, with $seed
file_of() {
  HOME=$T/asking GOCACHE=$T/asking/gocache GOCACHEPROG=$seed/bin/go_cache go list -export -f '{{.Export}}' "${@:2}" "$1"
}

# expect_sound_cache DIRECTORY: what GOCACHE has under a name is that, and what it promises is there.
expect_sound_cache() {
  find "$1" -type f -name '[0-9a-f]*-d' -printf '%f  %p\n' | sed 's/-d  /  /' >"$T/sums"
  [ ! -s "$T/sums" ] || sha256sum --check --quiet "$T/sums"
  find "$1" -type f -name '*-a' -exec cat {} + | awk '{ print $3, $4 }' | sort -u >"$T/promised"
  find "$1" -type f -name '[0-9a-f]*-d' -printf '%f %s\n' | sed 's/-d / /' | sort -u >"$T/kept"
  expect_equal "what $1 promises and has not" "" "$(comm -23 "$T/promised" "$T/kept")"
}
