#!/usr/bin/env bash
# What compile, relink and inspect refuse, and what inspect says of programs that are on every machine.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/fake-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/fake-go.sh"
seeds=$GOSTRAP_SOURCE_DIR/tests/fuzz/seeds/program

expect_exit 2 "$GOSTRAP" compile --sdk linux/riscv64
expect_match 'has none'
expect_match 'gostrap build linux/riscv64'
expect_exit 2 "$GOSTRAP" compile --sdk linux/risc
expect_match 'did you mean|no port|does not have'
expect_exit 2 "$GOSTRAP" relink go
expect_match '--for PORT is missing'
[ ! -e "$T/home/.cache" ] || fail "a refusal leaves a cache behind"
ok "without an SDK it says which command builds one"

printf '{"format": "something else"}\n' >"$T/no-contract.json"
expect_exit 2 "$GOSTRAP" compile --check "$T/no-contract.json"
expect_match 'no contract of a compilation'
expect_exit 2 "$GOSTRAP" compile --check "$T/nowhere.json"
expect_exit 2 "$GOSTRAP" compile --check "$T/no-contract.json" --root SRC
expect_match 'NAME=DIR'
ok "what is no contract is refused"

expect_exit 0 "$GOSTRAP" inspect "$GOSTRAP" --expect dynamic,symbols
expect_match '^format +ELF'
expect_match '^needs .*libc.so'
expect_match 'no build information of Go'
expect_exit 1 "$GOSTRAP" inspect "$GOSTRAP" --expect static --expect go
expect_match 'NOT static: it needs lib'
expect_match 'NOT go: it has no build information'
ok "a C++ program is dynamic, and not of Go"

for format in elf:ELF pe:PE macho:Mach-O wasm:WebAssembly; do
  expect_exit 0 "$GOSTRAP" inspect "$seeds/${format%:*}" --json --expect go1.24.4
  expect_match "\"format\": \"${format#*:}\"" "$T/out"
  expect_match '"go": "go1.24.4"' "$T/out"
done
expect_exit 1 "$GOSTRAP" inspect "$seeds/elf" --json --expect GOAMD64=v3,stripped
expect_match 'it is GOAMD64=v1' "$T/out"
ok "reads Go's build information in all four formats"

head -c 300 "$seeds/elf" >"$T/cut"
expect_exit 2 "$GOSTRAP" inspect "$T/cut"
expect_exit 2 "$GOSTRAP" inspect "$0"
expect_match 'no ELF, PE, Mach-O'
expect_exit 2 "$GOSTRAP" inspect "$seeds/elf" --expect statik
expect_match 'did you mean static'
expect_exit 2 "$GOSTRAP" inspect
expect_exit 2 "$GOSTRAP" inspect /dev/zero
ok "what is damaged, no program or no word is refused"

# ---- what a port cannot have ---------------------------------------------------------------------------------------
fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 wasm --release 1.99.0
refused() { expect_exit 2 "$GOSTRAP" compile --release 1.99.0 --sdk "$@"; }
refused wasm --cgo
expect_match 'CGO_ENABLED=1 cannot be for js/wasm: go1.99.0 has it for '
refused wasm --race
expect_match 'race cannot be for js/wasm'
expect_match 'Run the tests with -race on'
refused riscv64 --race
expect_match 'race cannot be for linux/riscv64: it takes a C toolchain for the port, and gostrap compile runs none'
expect_match 'CGO_ENABLED=1 and CC'
refused riscv64 --buildmode plugin
refused wasm --buildmode pie
expect_match 'buildmode=pie cannot be for js/wasm: go1.99.0 has it for linux/'
refused riscv64 --buildmode pie
expect_match 'it takes a C toolchain'
refused riscv64 --buildmode fast
expect_match 'takes exe or pie, not "fast"'
ok "cgo, race, plugins and PIE where they cannot be are refused before anything runs, with what works instead"
# the fake toolchain has no go command that lists packages: what is left out is said before that
"$GOSTRAP" compile --release 1.99.0 --sdk riscv64 --buildmode pie --race --fallback >"$T/out" 2>&1 || true
expect_match 'buildmode=pie is left out\.'
expect_match 'race is left out\.'
ok "--fallback leaves them out and says so"
