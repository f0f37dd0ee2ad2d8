#!/usr/bin/env bash
# Every verb that runs a program can be interrupted while that runs: it ends with 130, whatever it would make of a program
# that fails, and says nothing else.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

# stands_still FILE: makes it a program that tells of its start and does not end, if $T/still is there.
stands_still() {
  local other=
  [ ! -e "$1" ] || { other=$1.before && mv "$1" "$other"; }
  printf '#!/bin/sh\nif [ -e %q ]; then echo >%q; exec sleep 1000; fi\n%s\n' "$T/still" "$T/started" \
    "${other:+exec $other \"\$@\"}" >"$1"
  chmod +x "$1"
}

fake_bootstrap 1.98.0
fake_runners
fake_release 1.99.0 "[ ! -e '$T/still' ] || { echo >'$T/started'; exec sleep 1000; }"
"$GOSTRAP" build riscv64 --release 1.99.0 >"$T/paths" 2>/dev/null
"$GOSTRAP" build arm64 --hosted --archives --release 1.99.0 >>"$T/paths" 2>/dev/null
sdk=$(sed -n 1p "$T/paths")
host=$(entry "go1.99.0-host-$own_dashed")
toolchain=$(entry go1.99.0-toolchain-linux-arm64)
source=$(entry go1.99.0-source)
"$GOSTRAP" bundle create "$sdk" --out "$T/bundle.tar.zst" >/dev/null 2>&1
chmod -R u+w "$toolchain" && rm "$toolchain/share/go/VERSION" # --repair makes it again
touch "$T/still"

# interrupts WORDS…: SIGINT once a program runs that the verb has started.
interrupts() {
  rm -f "$T/started"
  start "$@"
  until_true test -e "$T/started"
  kill -INT "$pid"
  ended 130
  expect_equal "standard output" "" "$(cat "$T/out")"
  expect_match '^gostrap: interrupted$' "$T/err"
  expect_no_match '^gostrap: cannot' "$T/err"
  ok "$1 $2"
}

interrupts build s390x --release 1.99.0 --store "$T/other"
interrupts host --source "$source" --bootstrap "$HOME/sdk/go1.98.0" --out "$T/host"
interrupts verify "$host" --rebuild

stands_still "$T/bin/on-install"
interrupts verify "$toolchain" --repair
interrupts build s390x --hosted --release 1.99.0
interrupts toolchain s390x --host "$host" --out "$T/toolchain"

stands_still "$T/bin/qemu-riscv64"
interrupts verify "$sdk"

stands_still "$T/bin/nix"
interrupts bundle install "$T/bundle.tar.zst" --nix --flake F --accept-unsigned

stands_still "$HOME/sdk/go1.98.0/bin/go"
interrupts plan riscv64 --release 1.99.0 --store "$T/other"
interrupts doctor --store "$T/other"
