# shellcheck shell=bash
# Sourced by tests that do what the pages tell: each block of shell stands in a scene, where it is typed as it is.

mkdir -p "$T/docs-bin"
ln -s "$GOSTRAP" "$T/docs-bin/gostrap"

# scene DIR RELEASE: the directory of a Go program, as the pages take it for granted.
scene() {
  mkdir -p "$1/gen"
  printf 'module example.com/server\n\ngo %s\n' "$2" >"$1/go.mod"
  printf 'package main\n\nfunc main() {}\n' >"$1/gen/main.go"
  cat >"$1/main.go" <<'GO'
package main

import (
	"fmt"
	"net/http"
	"os"
	"runtime"
)

var version = "0"

func handle(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "%s %s on %s/%s\n", r.URL.Path, version, runtime.GOOS, runtime.GOARCH)
}

func main() {
	if len(os.Args) < 2 {
		fmt.Printf("hello from %s/%s\n", runtime.GOOS, runtime.GOARCH)
		return
	}
	fmt.Println(http.ListenAndServe(os.Args[1], http.HandlerFunc(handle)))
}
GO
  cat >"$1/main_test.go" <<'GO'
package main

import "testing"

func TestVersion(t *testing.T) {
	if version != "0" {
		t.Error(version)
	}
}
GO
}

# type_page PAGE DIR TAG…: types the page's blocks with these tags in DIR; $page_edit is what sed does to them before.
type_page() {
  local page=$1 dir=$2
  shift 2
  {
    cat <<'PRELUDE'
set -euEo pipefail
answers() { curl --silent --show-error --fail --output /dev/null --retry 60 --retry-delay 1 --retry-connrefused "$1"; }
trap 'printf "FAIL: %s: exit status %s: %s\n" "$at" "$?" "$BASH_COMMAND" >&2' ERR
PRELUDE
    perl "$GOSTRAP_SOURCE_DIR/tests/lib/docs.pl" script "$GOSTRAP_SOURCE_DIR/$page" "$@" | sed "${page_edit-}"
  } >"$T/page.sh"
  grep -q '^at=' "$T/page.sh" || fail "$page has no block $*"
  (cd "$dir" && PATH=$T/docs-bin:$PATH SHELL=/bin/bash bash "$T/page.sh" </dev/null >"$T/out" 2>"$T/err") || {
    tail -n 30 "$T/out" "$T/err"
    fail "what $page tells to type does not work"
  }
  ok "$page: $(grep -c '^at=' "$T/page.sh") blocks of $*"
}
