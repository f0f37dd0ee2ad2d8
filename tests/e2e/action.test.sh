#!/usr/bin/env bash
# action.yml with a real Go: of one port with std, the steps that follow have the SDK's go command first, and a compiled std.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
# shellcheck source=tests/lib/action.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/action.sh"

build 1.24.4 riscv64 --std >"$T/built"
expect_exit 0 step sdk "steps.program.outputs.gostrap=$GOSTRAP" inputs.ports=riscv64 inputs.release=1.24.4 inputs.std=true \
  "inputs.store=$GOSTRAP_TEST_STORE"
expect_equal "the SDK" "$(sed -n 1p "$T/built")" "$(out sdk)"
expect_equal "the release" 1.24.4 "$(out go-version)"
printf 'module m\n\ngo 1.24\n' >"$T/workspace/go.mod"
printf 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("made") }\n' >"$T/workspace/main.go"
mapfile -t environment <"$T/env"
expect_match '^GOCACHEPROG=' "$T/env"
cd "$T/workspace" || exit
expect_exit 0 env "${environment[@]}" PATH="$(cat "$T/path"):$PATH" go build -x -o "$T/program"
expect_equal "packages compiled" main "$(sed -nE 's/.*\/compile -o .* -p ([^ ]+) .*/\1/p' "$T/err")"
expect_exit 0 "$GOSTRAP" inspect "$T/program"
expect_match riscv64
ok "a step that follows builds for riscv64, and compiles no package of std"
