#!/usr/bin/env bash
# Programs that nobody here wrote, made by `gostrap compile`, equal what go build makes of them, byte for byte; the contract
# makes them again without gostrap; errors, flags and views of one function. About two minutes on two cores.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
# shellcheck source=tests/lib/compile.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/compile.sh"
requires qemu-aarch64 zip

build 1.24.4 linux/amd64 linux/arm64 js/wasm >/dev/null
make_module "$T/module"
cd "$T/module"

expect_same linux/arm64 .
expect_equal "what it prints" "3 you 1 hidden 3 false" "$(qemu-aarch64 "$T/got-ours" --name you)"
expect_same linux/amd64 . --tags extra -X main.version=2 --gcflags '-N -l'
expect_equal "with a tag and -X" "3 x 2 hidden 3 true" "$("$T/got-ours")"
expect_same js/wasm cmd/gofmt
expect_same linux/arm64 cmd/gofmt --strip
expect_same linux/amd64 cmd/nm --gcflags 'runtime=-B' --asmflags 'all=-D X=1'
expect_same linux/amd64 cmd/nm --buildmode pie
cp "$GOSTRAP_SOURCE_DIR/tests/e2e/compile.test.sh" static/more.txt
expect_same linux/amd64 .
ok "a file that is embedded later is seen"
go_of linux/amd64 mod vendor 2>"$T/err" || fail "go mod vendor: $(cat "$T/err")"
expect_same linux/amd64 .
expect_match 'dep	github.com/BurntSushi/toml	v1.2.0	$' <(go_of linux/amd64 version -m "$T/got-ours")
ok "vendored modules, which have no checksums"
rm -r vendor

# The same again is no work, whatever the program is called; one function changed compiles what needs it.
compile linux/amd64 . -o "$T/got-ours" --json >"$T/json"
expect_equal "steps made the second time" 0 "$(grep -c '"state": "made"' "$T/json" || true)"
expect_match '"remembered": (true|false)' "$T/json"
sed -i 's/a + b/b + a/' cpu/add_other.go main.go
echo '// changed' >>main.go
compile linux/amd64 . -o "$T/got-ours" --json >"$T/json"
expect_equal "steps made after a comment" 1 "$(grep -c '"state": "made"' "$T/json" || true)"
ok "what did not change is not made again"

# Contract and replay: another directory, neither gostrap nor go build.
# shellcheck disable=SC2016,SC1003 # what a shell would act on must come through
compile linux/arm64 . -o "$T/program" --contract "$T/contract" -X 'main.version=a "$HOME" `id` \' >/dev/null
expect_exit 0 "$GOSTRAP" compile --check "$T/contract/contract.json"
cp -r "$T/module" "$T/elsewhere"
(cd / && env -i PATH=/usr/bin:/bin SRC="$T/elsewhere" "$T/contract/replay.sh" "$T/replayed") || fail "the replay failed"
cmp "$T/program" "$T/replayed"
ok "replay.sh makes the same bytes in another directory"
echo '// changed' >>"$T/elsewhere/cpu/add_arm64.s"
expect_exit 1 "$GOSTRAP" compile --check "$T/contract/contract.json" --root "SRC=$T/elsewhere"
expect_match "it has changed: $T/elsewhere/cpu/add_arm64.s"
expect_exit 1 env -i PATH=/usr/bin:/bin SRC="$T/elsewhere" "$T/contract/replay.sh" "$T/other"
expect_match 'are not what they were'
[ ! -e "$T/other" ] || fail "a replay of other sources leaves a program"
rm "$T/program"
expect_exit 1 "$GOSTRAP" compile --check "$T/contract/contract.json" --json
expect_match '"holds": false' "$T/out"
ok "--check says what no longer holds"

# One function.
compile linux/arm64 . -o "$T/program" --asm main.greet >"$T/listing"
expect_match '^main.greet STEXT' "$T/listing"
expect_no_match '^main.main STEXT' "$T/listing"
compile linux/arm64 . -o "$T/program" --ssa main.greet --ssa-out "$T/ssa.html" >/dev/null
expect_match '<title>greet</title>|greet' "$T/ssa.html"
expect_match 'regalloc' "$T/ssa.html"
expect_exit 2 compile linux/arm64 . -o "$T/program" --ssa mian.greet
expect_match 'did you mean|is it in main|is no function'
ok "looks at one function: its listing, and its passes"

# Stages.
compile linux/arm64 . --stop-after asm -o "$T/archives" >/dev/null
GOOS=linux GOARCH=arm64 "$(sdk_of linux/arm64)/share/go/pkg/tool/linux_amd64/link" -importcfg "$T/archives/importcfg.link" \
  -o "$T/by-hand" "$T/archives/example.com/program/v2.a" 2>"$T/err" || fail "linking by hand: $(cat "$T/err")"
expect_equal "what it prints when linked by hand" "3 x 1 hidden 3 false" "$(qemu-aarch64 "$T/by-hand")"
compile linux/arm64 . --stop-after compile -o "$T/objects" >/dev/null
[ "$(stat -c %s "$T/objects/runtime.a")" -lt "$(stat -c %s "$T/archives/runtime.a")" ] || fail "compile assembles too"
ok "stops after compile or asm, and leaves archives to link by hand"

# Errors speak as the compiler does, and name the log.
echo 'func broken() int { return "x" }' >>main.go
expect_exit 2 compile linux/arm64 . -o "$T/broken"
expect_match 'main.go:[0-9]+:[0-9]+: cannot use "x"'
expect_match 'exit status'
[ ! -e "$T/broken" ] || fail "a program that does not compile leaves a file"
sed -i '$d' main.go
expect_exit 2 compile linux/arm64 ./nowhere
expect_match 'nowhere'
expect_exit 2 compile linux/arm64 . --buildmode plugin
expect_match 'it takes a C toolchain for the port, and gostrap compile runs none'
expect_exit 0 compile linux/arm64 . --buildmode plugin --race --fallback -o "$T/fallen-back"
expect_match 'race is left out'
expect_exit 0 compile linux/arm64 . -o "$T/plain"
cmp "$T/fallen-back" "$T/plain" || fail "--fallback makes another program"
expect_exit 2 compile linux/arm64 . --gcflags N
expect_match 'PATTERN=FLAGS'
ok "errors"

# Sizes: stripped and trimmed beside go build's default.
compile linux/arm64 . -o "$T/stripped" --strip >/dev/null
go_of linux/arm64 build -o "$T/default" .
expect_exit 0 "$GOSTRAP" inspect "$T/stripped" --expect static,stripped,trimmed,linux/arm64,go1.24.4
expect_exit 1 "$GOSTRAP" inspect "$T/default" --expect static,stripped
[ "$(stat -c %s "$T/stripped")" -lt "$(stat -c %s "$T/default")" ] || fail "stripping saves nothing"
ok "default $(stat -c %s "$T/default") bytes, stripped and trimmed $(stat -c %s "$T/stripped")"

# A go command for another port.
expect_exit 0 "$GOSTRAP" relink gofmt --sdk linux/amd64 --release 1.24.4 --for linux/arm64 -o "$T/gofmt"
echo 'package  p' | qemu-aarch64 "$T/gofmt" >"$T/formatted"
expect_equal "formatted by the relinked gofmt" "package p" "$(cat "$T/formatted")"
expect_exit 2 "$GOSTRAP" relink nothing --sdk linux/amd64 --release 1.24.4 --for linux/arm64
expect_match 'no source of a command'
ok "relinks one of Go's commands for another port"
