#!/usr/bin/env bash
# A store, or a directory for temporary files, where nothing can be run: told before anything is, and no other go runs.
# shellcheck source=tests/lib/mounts.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/mounts.sh"
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"
requires_mounts

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
sdk=$(entry go1.99.0-sdk-linux-riscv64)
printf '#!/bin/sh\necho another go\n' >"$T/bin/go"
chmod +x "$T/bin/go"
mount -t tmpfs -o noexec none "$(mkdir -p "$T/noexec" && echo "$T/noexec")"
cp -a "$store" "$T/noexec/store"

for verb in "exec riscv64 -- go version" "env riscv64" "shell riscv64"; do
  # shellcheck disable=SC2086
  expect_exit 2 "$GOSTRAP" ${verb%% *} --store "$T/noexec/store" --release 1.99.0 ${verb#* }
  expect_match "cannot use the SDK $T/noexec/store/${sdk##*/}: its file system is mounted noexec" "$T/err"
  expect_match '\-\-store DIR' "$T/err"
done
if grep -q 'another go' "$T/out" "$T/err"; then fail "another go ran"; fi
ok "an SDK that cannot be run is not put on PATH, where another go would run for it"

expect_exit 1 "$GOSTRAP" doctor --store "$T/noexec/new/store"
expect_match "stops   store: $T/noexec/new/store lies on a file system that is mounted noexec" "$T/out"
TMPDIR=$T/noexec expect_exit 1 "$GOSTRAP" doctor
expect_match "stops   TMPDIR: $T/noexec lies on a file system that is mounted noexec" "$T/out"
TMPDIR=$T/no-such expect_exit 1 "$GOSTRAP" doctor
expect_match "stops   TMPDIR: $T/no-such is no directory" "$T/out"
expect_exit 0 "$GOSTRAP" doctor
ok "doctor finds it beforehand"

printf '#!/bin/sh\n' >"$T/noexec/tool" && chmod +x "$T/noexec/tool"
expect_exit 126 "$GOSTRAP" exec riscv64 --release 1.99.0 -- "$T/noexec/tool"
expect_match "cannot run $T/noexec/tool: its file system is mounted noexec" "$T/err"
ok "and a command that lies there is called so"
