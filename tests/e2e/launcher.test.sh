#!/usr/bin/env bash
# bin/go of real SDKs: what the go command reads from the environment alone, and finds on PATH alone, is right however it
# is started.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/real-go.sh"

export GOCACHE=${GOSTRAP_TEST_GOCACHE:-$T/cache} GOFLAGS='' GOPROXY=off
ports=(linux/amd64 linux/arm64 linux/riscv64 linux/386 linux/arm linux/ppc64le linux/mips64le js/wasm wasip1/wasm windows/amd64)
mapfile -t sdks < <(build 1.24.4 "${ports[@]}")
expect_equal "SDKs" ${#ports[@]} ${#sdks[@]}
sdk() {
  local i
  for i in "${!ports[@]}"; do [ "${ports[i]}" != "$1" ] || printf '%s\n' "${sdks[i]}"; done
}
# upstream's go, told by its environment
plain() { env GOENV=off GOTOOLCHAIN=local GOOS="${1%/*}" GOARCH="${1#*/}" "$(sdk linux/amd64)/share/go/bin/go" "${@:2}"; }

cd "$(mktemp -d "$T/XXXXXX")"
cat >go.mod <<'GO'
module example.com/levels

go 1.24
GO
for tag in amd64.v1 amd64.v3 arm64.v8.0 riscv64.rva20u64 386.sse2 arm.7 ppc64le.power8 mips64le.hardfloat; do
  printf '//go:build %s\n\npackage main\n\nfunc init() { levels += " %s" }\n' "$tag" "$tag" >"level-$tag.go"
done
printf 'package main\n\nimport "fmt"\n\nvar levels string\n\nfunc main() { fmt.Println(levels) }\n' >main.go
printf 'package main\n\nimport "testing"\n\nfunc TestLevels(t *testing.T) { t.Log(levels) }\n' >main_test.go

for i in "${!ports[@]}"; do
  port=${ports[i]} go=${sdks[i]}/bin/go
  for what in '{{context.ToolTags}} {{context.GOOS}} {{context.GOARCH}} {{context.ReleaseTags}} {{context.CgoEnabled}}' '{{.GoFiles}} {{.IgnoredGoFiles}}'; do
    expect_equal "go list -f $what for $port" "$(plain "$port" list -f "$what")" "$("$go" list -f "$what")"
  done
  expect_equal "GOROOT of $port" "${sdks[i]}/share/go" "$("$go" env GOROOT)"
done
ok "files and tool tags of every port are those of plain Go with GOOS and GOARCH exported"

ln -s "$(sdk linux/riscv64)/bin/go" "$T/one"
ln -s one "$T/two"
for go in "$(sdk linux/riscv64)/bin/go" "$T/one" "$T/two"; do
  expect_equal "go run by $go" " riscv64.rva20u64" "$("$go" run .)"
  "$go" test -v . >"$T/out" || { cat "$T/out" && fail "go test by $go"; }
  expect_match 'riscv64.rva20u64' "$T/out"
  "$go" vet ./... || fail "go vet by $go"
done
(cd / && "$T/two" run -C "$OLDPWD" .) >"$T/out"
expect_match 'riscv64.rva20u64' "$T/out"
ok "go run, go test and go vet work by path and by link, from elsewhere, with no SDK on PATH"

if command -v gopls >/dev/null; then
  mkdir "$T/gopls" && pushd "$T/gopls" >/dev/null
  printf 'module example.com/gopls\n\ngo 1.17\n' >go.mod
  for tag in riscv64.rva20u64 amd64.v1; do
    printf '//go:build %s\n// +build %s\n\npackage main\n\nfunc level() {}\n' $tag $tag >"level-$tag.go"
  done
  printf 'package main\n\nfunc main() { level() }\n' >main.go
  PATH=$(sdk linux/riscv64)/bin:$PATH gopls definition main.go:3:17 >"$T/out"
  expect_match 'level-riscv64.rva20u64.go:.*: defined here' "$T/out"
  popd >/dev/null
  ok "gopls sees the files of the SDK's port"
fi

# shellcheck disable=SC2016
helper='GOOS=$("$1" env GOHOSTOS) GOARCH=$("$1" env GOHOSTARCH) exec "$1" run .'
for port in linux/riscv64 js/wasm; do
  expect_equal "a helper beside the SDK of $port" " amd64.v1" "$(sh -c "$helper" sh "$(sdk $port)/bin/go")"
done
ok "a helper runs here, whatever the SDK targets"

mkdir "$T/home-of-settings"
expect_equal "go with GOROOT, GOOS and GOTOOLCHAIN in the file of go env -w" "$(sdk linux/arm64)/share/go linux arm64 local" "$(
  export GOENV=$T/home-of-settings/env
  printf 'GOROOT=/usr/lib/go-1.23\nGOOS=windows\nGOARCH=386\nGOTOOLCHAIN=go1.99.0\n' >"$GOENV"
  "$(sdk linux/arm64)/bin/go" env GOROOT GOOS GOARCH GOTOOLCHAIN | tr '\n' ' ' | sed 's/ $//')"
GOENV=$T/home-of-settings/env "$(sdk linux/arm64)/bin/go" build -o "$T/program" . || fail "go build"
expect_equal "the program" ELF "$(head -c 4 "$T/program" | tail -c 3)"
ok "the file of go env -w does not bend the SDK"

moved="$T/an SDK; it's \"moved\""
cp -a "$(sdk linux/riscv64)" "$moved"
expect_equal "GOROOT of the copy" "$moved/share/go" "$("$moved/bin/go" env GOROOT)"
expect_equal "go run of the copy" " riscv64.rva20u64" "$("$moved/bin/go" run .)"
ok "an SDK that was copied to a strange place works as it did"

v3=$(build 1.24.4 amd64 --profile GOAMD64=v3)
"$v3/bin/go" list -f '{{.GoFiles}}' >"$T/out"
expect_match 'level-amd64.v3.go' "$T/out"
ok "a profile's level is among the tool tags"

wasm=$(sdk js/wasm)/bin/go wasi=$(sdk wasip1/wasm)/bin/go
large() {
  local i settings=()
  for i in {1..100}; do settings+=("LARGE_$i=$(printf '%01000d' "$i")"); done
  env "${settings[@]}" SMALL=kept GOMAXPROCS=4 "$@"
}
printf 'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nfunc main() {\n\tfmt.Print(os.Getenv("SMALL"))\n\tif len(os.Args) > 1 {\n\t\tos.Exit(3)\n\t}\n}\n' >main.go
rm level-*.go main_test.go
expect_equal "js/wasm with a large environment" kept "$(large "$wasm" run . 2>"$T/err")"
expect_equal "what is said of it" "" "$(cat "$T/err")"
large "$wasm" run . fail >/dev/null 2>"$T/err" && fail "the program's exit status was lost"
expect_match 'go_js_wasm_exec: the program did not get LARGE_' "$T/err"
expect_equal "wasip1/wasm with a large environment" kept "$(large "$wasi" run .)"
ok "wasm programs start under an environment of 100 KB and with GOMAXPROCS set"
