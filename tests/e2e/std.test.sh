#!/usr/bin/env bash
# The compiled std beside an SDK: with HOME and GOCACHE empty no package of std is compiled, by whatever way the SDK is put
# to use, and what is made is what is made without.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires qemu-riscv64

mapfile -t built < <(build 1.24.4 linux/riscv64 --std)
expect_equal "number of outputs" 2 "${#built[@]}"
sdk=${built[0]} std=${built[1]}
expect_match '"kind": "std"' "$std/share/gostrap/manifest.json"
[ "$(du -sm "$std" | cut -f1)" -le 350 ] || fail "it takes $(du -sh "$std")"

mkdir -p "$T/m" && cd "$T/m"
printf 'module example.org/m\n\ngo 1.24\n' >go.mod
cat >main.go <<'GO'
package main

import (
	"fmt"
	"net/http"
)

func main() { fmt.Println("hello", http.StatusText(200)) }
GO
cat >main_test.go <<'GO'
package main

import "testing"

func TestMain(t *testing.T) { main() }
GO
version=(--release 1.24.4)

# compiled WHAT COMMAND…: the packages of std that a go command with -x, run in a fresh home, compiles or vets.
compiled() {
  local home
  home=$(mktemp -d "$T/home-XXXXXX")
  HOME=$home "$@" >"$T/out" 2>"$T/err" || { cat "$T/out" "$T/err" && fail "it failed: $*"; }
  cat "$T/out" "$T/err" | sed -nE 's/.*\/compile -o .* -p ([^ ]+) .*/\1/p; s/^.*\/vet .*\/([^ ]+)\/vet.cfg.*/vet \1/p' |
    awk '/^(example.org|main$)/ || (/^vet/ && !own++) { next } { print }'
}
with_std() { "$GOSTRAP" exec riscv64 "${version[@]}" -- "$@"; }
mkdir "$T/plain" && cp -r "$GOSTRAP_STORE/provenance" "$T/plain/" && ln -s "$sdk" "$T/plain/"
rm "$T/plain/provenance/$(basename "$std").json"
without_std() { "$GOSTRAP" exec riscv64 "${version[@]}" --store "$T/plain" -- "$@"; }

for flags in -trimpath=false -trimpath; do
  expect_equal "std's packages compiled with $flags" "" "$(compiled with_std go build -x $flags -o "$T/with$flags" .)"
  expect_match 'cd .*/m$' "$T/err"
  [ -n "$(compiled without_std go build -x $flags -o "$T/without$flags" .)" ] || fail "without it nothing is seen to be compiled"
  cmp "$T/with$flags" "$T/without$flags"
done
ok "go build, plain and with -trimpath: nothing of std is compiled, and the program is the same"

expect_equal "packages vetted" "" "$(compiled with_std go vet -x ./...)"
expect_equal "std's packages compiled for a test" "" "$(compiled with_std go test -x ./...)"
expect_match '^ok[[:space:]]+example.org/m'
ok "go vet, and go test through QEMU"

by_env() {
  eval "$("$GOSTRAP" env riscv64 "${version[@]}")"
  go build -x -o "$T/p" .
}
by_shell() { echo "go build -x -o $T/p ." | SHELL=/bin/bash "$GOSTRAP" shell riscv64 "${version[@]}"; }
for way in by_env by_shell; do expect_equal "$way" "" "$(compiled $way)"; done
# the workflow of docs/ci-and-containers.md, of another port
workflow_step() {
  awk '/- run: \|/ { run = 1; next } run && !/^          / { exit } run' "$GOSTRAP_SOURCE_DIR/docs/ci-and-containers.md" |
    sed 's/in amd64 arm64;/in riscv64;/' >"$T/step.sh"
  grep -q 'in riscv64;' "$T/step.sh"
  ln -sf "$GOSTRAP" "$T/gostrap"
  PATH=$T:$PATH GITHUB_REPOSITORY=a/b GITHUB_ENV=/dev/null GOFLAGS=-x bash "$T/step.sh"
}
expect_equal "a workflow's step" "" "$(compiled workflow_step)"
cmp out/riscv64/server "$T/with-trimpath"
"$GOSTRAP" env riscv64 "${version[@]}" --json >"$T/env.json"
expect_match "\"GOCACHEPROG\": \"$std/bin/go_cache\"" "$T/env.json"
ok "env, shell and the workflow of the docs, too"

mkdir "$T/small" && cp go.mod "$T/small/"
printf 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println() }\n' >"$T/small/main.go"
export GOSTRAP_COMPILE_CACHE=$T/compile
compile() { "$GOSTRAP" compile -C "$T/small" --sdk riscv64 "${version[@]}" -o "$T/ours" --json "$@" >"$T/json" 2>"$T/err"; }
made() { awk -F'"' '$2 == "name" { name = $4 } $2 == "state" && $4 == "made" { print name }' "$T/json"; }
compile
expect_equal "steps made" "$(printf 'example.org/m\nlink')" "$(made)"
[ "$(grep -c 'taken from the compiled std' "$T/json")" -gt 50 ] || fail "nothing is taken from it"
mv "$T/ours" "$T/ours.by-std"
GOSTRAP_COMPILE_CACHE=$T/fresh compile --fresh
[ "$(made | wc -l)" -gt 50 ] || fail "--fresh takes something"
for stage in "$T/compile" "$T/fresh"; do
  GOSTRAP_COMPILE_CACHE=$stage "$GOSTRAP" compile -C "$T/small" --sdk "$sdk" --stop-after asm -o "$stage.archives" >"$T/out"
  rm "$stage.archives/importcfg.link"
done
diff -r "$T/compile.archives" "$T/fresh.archives"
GOSTRAP_COMPILE_CACHE=$T/tagged compile --tags netgo
[ "$(made | wc -l)" -gt 50 ] || fail "with a tag, something is taken"
GOCACHEPROG='' GOSTRAP_COMPILE_CACHE=$T/unwanted compile
[ "$(made | wc -l)" -gt 50 ] || fail "an empty GOCACHEPROG, and something is taken"
ok "gostrap compile takes from it what it would compile, the same archives; with tags of your own it takes nothing"

mkdir "$T/changed" && cp -r "$GOSTRAP_STORE/provenance" "$T/changed/" && ln -s "$std" "$T/changed/"
cp -r "$sdk" "$T/changed/" && chmod -R u+w "$T/changed"
tools=$T/changed/$(basename "$sdk")/share/go/pkg/tool/linux_amd64
mkdir "$tools/own" && mv "$tools/compile" "$tools/own/"
# shellcheck disable=SC2016 # the script's own
printf '#!/bin/sh\ncase $1 in -V*) exec %s "$@" ;; esac\nexec %s -l "$@"\n' "$tools/own/compile" "$tools/own/compile" >"$tools/compile"
chmod +x "$tools/compile"
GOSTRAP_COMPILE_CACHE=$T/other compile --store "$T/changed"
[ "$(made | wc -l)" -gt 50 ] || fail "what another compiler made is taken"
ok "of an SDK that was changed it takes nothing, also where its go command does not notice"
rm -r "$T/changed/$(basename "$sdk")" "$T/changed/$(basename "$std")"
ln -s "$sdk" "$T/changed/"
mkdir -p "$T/changed/$(basename "$std")/bin" && printf '#!/bin/sh\necho rubbish\n' >"$T/changed/$(basename "$std")/bin/go_cache"
chmod +x "$T/changed/$(basename "$std")/bin/go_cache"
GOSTRAP_COMPILE_CACHE=$T/rubbish compile --store "$T/changed"
expect_match "std is compiled again: the SDK's go command cannot tell what of it is compiled: exit status 1" "$T/err"
cmp "$T/ours" "$T/ours.by-std"
ok "where the compiled std's program is none it is compiled, which is said"

GOCACHEPROG='' expect_exit 0 with_std printenv GOCACHEPROG
expect_equal "an empty one" "" "$(cat "$T/out" "$T/err")"
GOCACHEPROG=/bin/false expect_exit 0 with_std true
expect_match "std is compiled again: you have set GOCACHEPROG in the environment, which wins over what $std has"
expect_equal "that" 1 "$(grep -c GOCACHEPROG "$T/err")"
ok "the user's own cache program wins, and that is said once"

expect_exit 0 "$GOSTRAP" verify "$std"
expect_match 'hello by it: no package of std is compiled again, and the program is the same'
mkdir -p "$T/two/provenance"
for entry in "$sdk" "$std"; do
  ln -s "$entry" "$T/two/"
  cp "$GOSTRAP_STORE/provenance/$(basename "$entry").json" "$T/two/provenance/"
done
name=$(basename "$sdk") newer=00000000000000000000000000000000
mkdir "$T/two/$newer-${name#*-}"
sed -e "s/\"key\": \"${name%%-*}\"/\"key\": \"$newer\"/" -e "0,/\"made\"/ s/\"made\": \"[^\"]*\"/\"made\": \"$(date -u +%FT%TZ)\"/" \
  "$T/two/provenance/$name.json" >"$T/two/provenance/$newer-${name#*-}.json"
expect_exit 0 "$GOSTRAP" list --store "$T/two"
expect_match "$newer"
expect_exit 0 "$GOSTRAP" verify "$T/two/$(basename "$std")" --store "$T/two"
expect_match 'hello by it: no package of std is compiled again, and the program is the same'
ok "verify tries it with the SDK that it was made with, whatever newer one there is"
cp -r "$std" "$T/std" && chmod -R u+w "$T/std"
find "$T/std/share/std" -size +100k -name '*-*' >"$T/files"
while IFS= read -r file; do printf X | dd of="$file" bs=1 seek=1000 conv=notrunc status=none; done <"$T/files"
expect_exit 1 "$GOSTRAP" verify "$T/std"
expect_match "share/std/[0-9]{9}-[0-9a-f]{64} was changed"
ok "verify tells whether it is whole"

expect_exit 0 "$GOSTRAP" bundle create riscv64 --std "${version[@]}" --out "$T/b.tar.zst"
expect_exit 0 "$GOSTRAP" bundle install "$T/b.tar.zst" --store "$T/carried"
expect_exit 0 "$GOSTRAP" plan riscv64 --std "${version[@]}" --store "$T/carried"
expect_match '^0 of 2 steps to run'
carried() { "$GOSTRAP" exec riscv64 "${version[@]}" --store "$T/carried" -- "$@"; }
expect_equal "what is compiled with what a bundle brought" "" "$(compiled carried go build -x -trimpath -o "$T/carried-program" .)"
cmp "$T/carried-program" "$T/with-trimpath"
ok "a bundle of SDK and std, $(du -m "$T/b.tar.zst" | cut -f1) MB, does the same elsewhere"
