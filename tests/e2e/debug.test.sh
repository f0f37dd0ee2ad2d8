#!/usr/bin/env bash
# exec --debug: a riscv64 program and a test in QEMU under gdb, and what no debugger reads refused.
# shellcheck disable=SC2016 # gdb's values begin with a dollar
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/real-go.sh"
requires gdb-multiarch

mkdir "$T/it's mine" && cd "$T/it's mine"
printf 'module example.org/p\n\ngo 1.24\n' >go.mod
cat >main.go <<'GO'
package main

import "os"

func greet(name string) string {
	return "hello, " + name
}

func main() {
	said := greet("gopher")
	os.Stdout.WriteString(said + " " + os.Getenv("GODEBUG") + "\n")
}
GO
cat >main_test.go <<'GO'
package main

import "testing"

func TestGreet(t *testing.T) {
	got := greet("test")
	t.Log(got)
}
GO

# debugged GDB-WORDS -- COMMAND…: the command under --debug, and gdb by the line that is printed; what gdb says is in $T/gdb.
debugged() {
  local words=() program i socket=""
  while [ "$1" != -- ]; do words+=(-ex "$1") && shift; done
  : >"$T/err" # it is read before the shell in the background has made it
  exec_in_store riscv64 --debug "$@" >"$T/out" 2>"$T/err" </dev/null &
  program=$!
  for ((i = 0; i < 6000; i++)); do
    socket=$(sed -n "s/.*target remote \([^']*\)'.*/\1/p" "$T/err")
    [ ! -S "${socket:-/none}" ] || break
    kill -0 $program 2>/dev/null || break
    sleep 0.1
  done
  sed -n 's/^  gdb-multiarch/exec gdb-multiarch -nx -batch/p' "$T/err" >"$T/command"
  [ -s "$T/command" ] || { cat "$T/out" "$T/err"; fail "nothing waits for a debugger"; }
  printf '%s "$@"\n' "$(cat "$T/command")" >"$T/command"
  timeout 120 sh "$T/command" "${words[@]}" >"$T/gdb" 2>&1 </dev/null || { cat "$T/command" "$T/gdb"; fail "gdb fails"; }
  status=0
  wait $program || status=$?
  place=${socket%/*}
}
exec_in_store() { "$GOSTRAP" exec "$1" --store "$GOSTRAP_TEST_STORE" --release 1.24.4 "${@:2}"; }

exec_in_store riscv64 -- go build -gcflags='-N -l' -o hello .
GODEBUG=madvdontneed=1 debugged 'break main.main' 'break main.go:11' continue continue 'print said' stepi continue -- ./hello
expect_match 'hit Breakpoint 1, main.main' "$T/gdb"
expect_match '^\$1 = "hello, gopher"' "$T/gdb"
expect_match 'Loading Go Runtime support' "$T/gdb"
expect_equal "the program's own words, and its exit code" "hello, gopher asyncpreemptoff=1,madvdontneed=1 0" \
  "$(cat "$T/out") $status" # with signals for preemption QEMU's stub hangs now and then
for ((i = 0; i < 100; i++)); do [ -e "$place" ] || break; sleep 0.1; done
[ ! -e "$place" ] || fail "$place is left"
ok "a riscv64 program stops in main.main, a string of Go's is printed, and nothing is left behind"

debugged 'break main_test.go:7' continue 'print got' continue -- go test -run TestGreet .
expect_match '^\$1 = "hello, test"' "$T/gdb"
expect_match '^ok ' "$T/out"
expect_equal "its exit code" 0 "$status"
ok "and a test, which has debug information then"

expect_exit 2 exec_in_store wasm --debug -- ./hello
expect_match 'Go writes no debug information into wasm' "$T/err"
expect_exit 2 exec_in_store riscv64 --debug -- go build .
expect_match 'for a program, go run and go test' "$T/err"
ok "wasm is refused with the reason, and so is what is no program"

if ! command -v dlv >/dev/null; then
  exec_in_store amd64 -- go build -o here .
  expect_exit 2 exec_in_store amd64 --debug -- ./here
  expect_match 'install delve' "$T/err"
  ok "without delve, a program of this machine is refused with what to install"
fi
