# shellcheck shell=bash
# Sourced after real-go.sh by the tests of a compiled std with C: a program that needs C for net and os/user, one with C of its
# own, and what of std a go command does to them.
mkdir -p "$T/m/hello" "$T/m/own"
cd "$T/m" || exit
printf 'module example.org/m\n\ngo 1.24\n' >go.mod
cat >hello/main.go <<'GO'
package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/user"
)

func main() {
	_, unknown := user.Lookup("nobody-of-that-name")
	_, err := net.LookupHost("127.0.0.1")
	fmt.Println("hello", http.StatusText(200), unknown, err)
	if len(os.Args) > 1 && os.Args[1] == "race" {
		n, done := 0, make(chan bool)
		go func() { n++; done <- true }()
		n++
		<-done
		fmt.Println(n)
	}
}
GO
cat >hello/main_test.go <<'GO'
package main

import "testing"

func TestMain(t *testing.T) { main() }
GO
printf 'package main\n\n// static int answer(void) { return 42; }\nimport "C"\n\nfunc main() { println("C says", C.answer()) }\n' >own/main.go
export GOFLAGS=-buildvcs=false

# use ENTRY…: of the shared store, these alone are in the one that with_std has. Without -trimpath a program names its SDK,
# and another gostrap's may be newer.
use() {
  local entry
  rm -rf "$T/store" && mkdir -p "$T/store/provenance"
  for entry in "$@"; do
    ln -s "$entry" "$T/store/"
    cp "$GOSTRAP_STORE/provenance/$(basename "$entry").json" "$T/store/provenance/"
  done
}
# with_std COMMAND…: with the SDK in use that the array words names
words=()
with_std() { "$GOSTRAP" exec "${words[@]}" --release 1.24.4 --store "$T/store" -- "$@"; }

# compiled COMMAND…: what of std a go command with -x, run in a fresh home, compiles, vets or has cgo look at.
compiled() {
  local home
  home=$(mktemp -d "$T/home-XXXXXX")
  HOME=$home "$@" >"$T/out" 2>"$T/err" || { cat "$T/out" "$T/err" && fail "it failed: $*"; }
  cat "$T/out" "$T/err" |
    sed -nE 's/.*\/compile -o .* -p ([^ ]+) .*/\1/p; s/.*\/cgo -objdir .* -importpath ([^ ]+) .*/cgo \1/p; s/^.*\/vet .*\/([^ ]+)\/vet.cfg.*/vet \1/p' |
    awk '/^(cgo )?(example.org|main$)/ || (/^vet/ && !own++) { next } { print }'
}
