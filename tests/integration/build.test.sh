#!/usr/bin/env bash
# gostrap build: from a pinned release to an SDK, once.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_release 1.99.0 "echo make.bash ran >>'$T/runs'"
build() { expect_exit 0 "$GOSTRAP" build "$@" --release 1.99.0; }

build linux/riscv64
sdk=$(entry go1.99.0-sdk-linux-riscv64)
expect_equal "standard output" "$sdk" "$(cat "$T/out")"
expect_match '^go1.99.0-host-linux-.*: Building Go toolchain1$' "$T/err"
expect_equal "what the SDK's go says" "go version go1.99.0 $own_port" "$("$sdk/bin/go" version)"
ok "build makes an SDK and prints its path, and only that, on standard output"

before=$(find "$store" -printf '%p %T@ %i\n' | sort)
build riscv64
expect_equal "standard output" "$sdk" "$(cat "$T/out")"
expect_equal "the second run's words" "" "$(cat "$T/err")"
expect_equal "runs of make.bash" 1 "$(wc -l <"$T/runs")"
expect_equal "the store after a second build" "$before" "$(find "$store" -printf '%p %T@ %i\n' | sort)"
ok "a second build changes nothing in the store and says nothing"

build wasm linux-arm64 riscv64
expect_equal "runs of make.bash" 1 "$(wc -l <"$T/runs")"
expect_equal "standard output" \
  "$(entry go1.99.0-sdk-js-wasm) $(entry go1.99.0-sdk-linux-arm64) $sdk" "$(tr '\n' ' ' <"$T/out" | sed 's/ $//')"
ok "more ports take no second make.bash, and the paths come in the order of asking"

build riscv64 arm64 --json
expect_equal "documents of --json" 2 "$(json "$T/out")"
expect_equal "the path in it" "$sdk" "$(json "$T/out" 0 path)"
expect_equal "the port in it" linux/arm64 "$(json "$T/out" 1 port)"
[ -f "$(json "$T/out" 1 provenance)" ] || fail "the provenance that --json names is not there"
ok "--json prints one document"

build riscv64 --store "$T/elsewhere"
expect_match "^$T/elsewhere/.*-go1.99.0-sdk-linux-riscv64$" "$T/out"
GOSTRAP_STORE=$T/third build riscv64
expect_match "^$T/third/.*-go1.99.0-sdk-linux-riscv64$" "$T/out"
expect_equal "runs of make.bash" 3 "$(wc -l <"$T/runs")"
ok "--store and GOSTRAP_STORE name another store, which knows nothing of the first"

expect_exit 0 "$GOSTRAP" build riscv64 arm windows/amd64 --hosted --archives --release 1.99.0
expect_equal "runs of make.bash" 3 "$(wc -l <"$T/runs")"
for file in linux-riscv64.tar.gz linux-armv6l.tar.gz windows-amd64.zip; do
  [ -n "$(find "$store" -path "*-archives-*/go1.99.0.$file")" ] || fail "there is no go1.99.0.$file"
done
expect_match 'runs on windows/amd64' "$(entry go1.99.0-toolchain-windows-amd64)/bin/go.exe"
ok "--hosted and --archives make toolchains and archives, named as upstream names them"

expect_exit 0 "$GOSTRAP" build arm --reference --release 1.99.0
expect_equal "runs of make.bash" 4 "$(wc -l <"$T/runs")"
nar() { json "$(entry "$1")/share/gostrap/manifest.json" nar; }
expect_equal "the reference toolchain's NAR hash" "$(nar go1.99.0-toolchain-linux-arm)" \
  "$(nar go1.99.0-toolchain-linux-arm-reference)"
expect_match 'DefaultGOARM = .6' "$(entry go1.99.0-toolchain-linux-arm)/share/go/src/internal/buildcfg/zbootstrap.go"
ok "linux/arm by make.bash and from the host toolchain has the same bits, with upstream's GOARM"
