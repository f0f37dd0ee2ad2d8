#!/usr/bin/env bash
# What is in GOCACHE is whole, and the program right, however many go commands share it, and whenever a cache program is
# killed: that build fails, and says so, or is right; the next one is right.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires strace
# shellcheck source=tests/lib/std.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/std.sh"

mkdir more more/one more/two
for name in one two; do printf 'package %s\n\nconst Name = "%s"\n' $name $name >more/$name/$name.go; done
cat >more/more.go <<'GO'
package main

import (
	"os"
	"strings"

	"example.org/m/more/one"
	"example.org/m/more/two"
)

func main() { os.Stdout.WriteString(strings.ToUpper(one.Name + two.Name + "\n")) }
GO
programs=(tiny words more)
for flag in -trimpath=false -trimpath; do
  for name in "${programs[@]}"; do learn_right "$name$flag" $flag "./$name"; done
done

fresh
one_of_many() { # N: in a home of its own
  local flag=-trimpath=false name=${programs[$1 % 3]}
  [ $(($1 % 2)) = 0 ] || flag=-trimpath
  HOME=$T/home.$1 GOCACHE=$cache GOCACHEPROG=$std/bin/go_cache \
    timeout 300 go build -x $flag -o "$T/program.$1" "./$name" 2>"$T/err.$1" || { cat "$T/err.$1" && return 1; }
  cmp "$T/program.$1" "$T/right/$name$flag"
}
at_once() { # COMMAND…: as many as there are numbers in $numbers, each with its own
  local n pids=() failed=0
  for n in "${numbers[@]}"; do
    "$@" "$n" &
    pids+=($!)
  done
  for n in "${pids[@]}"; do wait "$n" || failed=$((failed + 1)); done
  expect_equal "how many of ${#pids[@]} failed" 0 $failed
}
numbers=({1..20})
at_once one_of_many
for n in {1..20}; do
  cp "$T/err.$n" "$T/err"
  expect_equal "what of std number $n compiles" "" "$(compiled_of_std)"
  expect_equal "what gostrap says to number $n" "" "$(said)"
done
expect_sound_cache "$cache"
ok "twenty go commands at once, plain and with -trimpath: each program is right"

fill() { GOCACHE=$cache "$std/bin/go_cache" fill; }
numbers=(1 2 3)
at_once fill
for flag in -trimpath=false -trimpath; do
  for name in "${programs[@]}"; do
    build_with '' $flag "./$name"
    expect_right "$name$flag"
    expect_equal "what is compiled" "" "$(compiled)"
  done
done
expect_sound_cache "$cache"
ok "a plain go command finds what they have kept, and with fill all of std"

# After a kill: the build was right or refused, GOCACHE is sound, the next build is right, and finds what it needs
refusals=0
expect_harmless() { # STATUS MOMENT
  if [ "$1" = 0 ]; then
    expect_right more-trimpath=false
  else
    refusals=$((refusals + 1))
    expect_match '^(GOCACHEPROG exited pre-Close|error reading JSON from GOCACHEPROG|go: failed to trim cache)' "$T/err"
  fi
  [ ! -d "$cache" ] || expect_sound_cache "$cache"
  build_with "$std" ./more
  expect_right more-trimpath=false
  expect_equal "what of std is compiled after $2" "" "$(compiled_of_std)"
  expect_equal "what gostrap says after $2" "" "$(said)"
}
killed_build() { # GOCACHEPROG
  local status=0
  fresh
  rm -f "$T/program"
  HOME=$home GOCACHE=$cache GOCACHEPROG=$1 timeout 120 go build -o "$T/program" ./more >"$T/out" 2>"$T/err" || status=$?
  [ $status != 124 ] || fail "the go command hangs, its cache program killed: $1"
  return $status
}
moments=('start 1' 'get 1' 'get 2' 'get 40' 'half 1' 'half 2' 'half 4' 'put 1' 'put 3' 'put 4' 'close 1')
for moment in "${moments[@]}"; do
  killed_build "perl $GOSTRAP_SOURCE_DIR/tests/lib/cache-killer.pl $moment $std/bin/go_cache" && status=0 || status=$?
  expect_match "^killed at $moment$" "$T/err"
  expect_harmless "$status" "$moment"
done
[ $refusals -ge 5 ] || fail "only $refusals builds of ${#moments[@]} were refused"
ok "kill -9 of the cache program after so and so much of a build (${#moments[@]} moments): refused ($refusals), or right; then right"

# injecting CALL:N: in $injector, what kills a program when a thread of it makes its Nth such call
injecting() {
  injector=(env GOMAXPROCS=1 strace -f -qq -o "$T/trace" -e "trace=${1%:*}" -e "inject=${1%:*}:signal=KILL:when=${1#*:}")
}
for call in openat:5 write:3 fchmod:1 renameat:1 renameat:2 unlinkat:1; do
  injecting "$call"
  killed_build "${injector[*]} $std/bin/go_cache" && status=0 || status=$?
  expect_match 'killed by SIGKILL' "$T/trace"
  expect_harmless "$status" "$call"
done
ok "killed in the middle of writing a result: the same"

fresh
for call in openat:20 write:30 renameat:1 renameat:2 renameat:60 renameat:121; do
  injecting "$call"
  expect_exit 137 env GOCACHE="$cache" sh -c '"$@" || exit' sh "${injector[@]}" "$std/bin/go_cache" fill
  expect_match 'killed by SIGKILL' "$T/trace"
  expect_sound_cache "$cache"
  expect_equal "what tells that it is filled" "" "$(find "$cache" -name '*-filled')"
done
build_with '' ./more
expect_right more-trimpath=false
expect_exit 0 fill
expect_sound_cache "$cache"
build_with '' -trimpath ./more
expect_right more-trimpath
expect_equal "what of std is compiled" "" "$(compiled_of_std)"
ok "fill killed: what is there is whole, a plain go command makes the right program, and the next fill finishes"
