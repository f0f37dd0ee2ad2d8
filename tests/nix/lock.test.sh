#!/usr/bin/env bash
# gostrap.lock in Nix: it chooses release, port and profile, what it says is held against the pins, and the SDK against it.
# shellcheck source=tests/nix/nix.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/nix/nix.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
give_archive 1.24.4

build 1.24.4 riscv64 wasm >/dev/null
mkdir "$T/project" && cd "$T/project"
printf 'module m\n\ngo 1.24\n' >go.mod
expect_exit 0 "$GOSTRAP" use riscv64 --release 1.24.4
lock=$T/project/gostrap.lock

# locked WORDS ATTRIBUTE: of the SDK that it names
locked() {
  nix_eval lib.goSdk --raw --impure --apply "goSdk: (goSdk ({ system = \"x86_64-linux\"; lock = $lock; } // $1)).$2"
}
build_locked() {
  nix build --impure --no-link --print-out-paths --print-build-logs --expr \
    "(import $T/flake/nix { pkgs = import $T/nixpkgs { }; }).goSdk { lock = $lock; $1 }"
}
expect_equal "its name" go-sdk-linux-riscv64-1.24.4 "$(locked '{ }' name)"
expect_exit 0 build_locked ''
expect_equal "NAR hash of the locked SDK" "$(nix hash path "$(build 1.24.4 riscv64)")" "$(nix hash path "$(cat "$T/out")")"
ok "the lock names release and port, and Nix makes the SDK that was locked"

expect_exit 0 "$GOSTRAP" use wasm --release 1.24.4
expect_equal "the other port" go-sdk-js-wasm-1.24.4 "$(locked '{ port = "wasm"; }' name)"
cp "$lock" "$T/lock"
other=sha256-r3NLW/7vnou1yL39OYdcXXJhiuGU27HudDdZcDLEAtI=
sed -i "s|\"linux/amd64\": \"sha256-[^\"]*\"|\"linux/amd64\": \"$other\"|" "$lock"
expect_exit 1 build_locked 'port = "riscv64";'
expect_match "this SDK is not the one of gostrap.lock, whose share/go has the NAR hash $other" "$T/err"
ok "other bits than the lock's fail to build"

# refused SED WORDS REGEX: a lock that was changed so
refused() {
  sed "$1" "$T/lock" >"$lock"
  expect_exit 1 locked "$2" drvPath
  expect_match "$3" "$T/err"
}
refused 's/"lock": 1/"lock": 2/' '{ }' 'a newer gostrap wrote it'
refused 's/"commit": "./&0/' '{ }' 'it says commit [0-9a-f]+, and go1.24.4 is pinned to 6796ebb2'
refused 's/"source": "sha256-./&Z/' '{ }' 'it says the source sha256-'
refused 's/x/x/' '{ port = "arm64"; }' 'it has no SDK for linux/arm64: it has those for js/wasm, linux/riscv64'
refused 's/x/x/' '{ release = "1.27"; }' 'the lock says what release is'
refused 's/x/x/' "{ port = \"wasm\"; patches = [ $T/lock ]; }" 'its SDK for js/wasm has no patches'
ok "what differs from the pins or the lock is refused when it is evaluated"
