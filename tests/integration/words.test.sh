#!/usr/bin/env bash
# Words that people bring from elsewhere, and reasons that are called by their own names.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_release 1.99.0

refused() { # REGEX WORDS…
  expect_exit 2 "$GOSTRAP" "${@:2}"
  expect_match "$1" "$T/err"
  expect_no_match 'cannot understand the command line' "$T/err"
  expect_equal "standard output" "" "$(cat "$T/out")"
}

for flag in '-ldflags=-s -w' -gcflags=-m '-asmflags=-S' -buildmode=pie -tags=x -race -pgo=off -strip; do
  refused "two dashes: here it is -${flag//\*/.}" compile . "$flag"
done
refused 'here it is --release' build riscv64 -release=1.99.0
refused '--asm FUNC' compile . -S
refused '--gcflags -S' compile . -S
refused '--strip' compile . -s
refused 'It is always so here' compile . -trimpath
refused 'It is always so here' compile . --trimpath
refused '--contract DIR' compile . -x
refused 'compile has no option --sdkk, did you mean --sdk\?' compile . --sdkk arm64
refused 'bundle create has no option --source-code' bundle create riscv64 --source-code
refused 'there is no release "1.2.3"' build riscv64 --release 1.2.3
refused '^gostrap: GOARM=7 cannot be for linux/riscv64' build riscv64 --release 1.99.0 --profile GOARM=7
ok "flags of the go command, and mistyped options, get the word that they meant"

for port in x86_64 linux/x86_64 linux-x86_64 x86-64 x64 x86_64-unknown-linux-gnu X86_64; do
  refused 'Did you mean linux/amd64\?' build "$port" --release 1.99.0
done
for port in aarch64 linux/aarch64 arm64v8 linux/arm64/v8 aarch64-linux-gnu; do
  refused 'Did you mean linux/arm64\?' build "$port" --release 1.99.0
done
refused 'Did you mean linux/arm\?' build linux/arm/v7 --release 1.99.0
refused 'Did you mean linux/arm\?' build armv7l --release 1.99.0
refused 'Did you mean darwin/arm64\?' build macos/arm64 --release 1.99.0
refused 'Did you mean windows/amd64\?' build windows --release 1.99.0
refused 'Did you mean wasip1/wasm \(wasi for short\)\?' build wasip1 --release 1.99.0
refused 'Did you mean wasip1/wasm \(wasi for short\)\?' exec wasip1 --release 1.99.0 -- go version
for port in linux/sparc64 linux/alpha linux/avr linux/ia64 linux/m68k haiku/amd64; do
  refused "has no port $port" build "$port" --release 1.99.0
  expect_no_match 'Did you mean' "$T/err"
done
refused 'Did you mean linux/riscv64\?' build linux/riscv --release 1.99.0
refused 'Did you mean linux/riscv64\?' build linux/riscv46 --release 1.99.0
ok "other people's names for ports: Go's, and no silly ones"

for name in CGO_ENABLED=0 GOTOOLCHAIN=local GOCACHE=/x GOFLAGS=-v GOOS=linux GOMAXPROCS=1 CC=gcc; do
  refused "a profile has no ${name%%=*}: ." build riscv64 --release 1.99.0 --profile "$name"
  expect_no_match 'Did you mean' "$T/err"
done
refused 'GOTOOLCHAIN=local in its go.env' build riscv64 --release 1.99.0 --profile GOTOOLCHAIN=local
refused 'build cache of its own' build riscv64 --release 1.99.0 --profile GOCACHE=/x
printf '{"GOFLAGS": "-v"}\n' >"$T/flags.json"
refused 'GOFLAGS: flags belong to a build' build riscv64 --release 1.99.0 --profile "$T/flags.json"
refused 'no experiment "nosuch"' build riscv64 --release 1.24.4 --profile GOEXPERIMENT=nosuch
refused 'no experiment "noarena"' build riscv64 --release 1.24.4 --profile GOEXPERIMENT=noarena
refused 'Did you mean noarenas\?' build riscv64 --release 1.24.4 --profile GOEXPERIMENT=noarena
ok "what looks like a setting of a profile and is none: why, and what does it"

refused 'there is no such directory' compile . --sdk ./nosdk
mkdir -p "$T/plain/bin"
refused 'gostrap did not make it' compile . --sdk "$T/plain"
refused 'no such directory' exec ./nosdk -- go version
ok "a path that is no SDK is not called a port"

expect_exit 2 env -u HOME "$GOSTRAP" compile . --sdk "$T/plain"
expect_match 'did not make it|HOME is not set' "$T/err"
ok "without HOME nothing is made in /"
