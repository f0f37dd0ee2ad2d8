#!/usr/bin/env bash
# What cannot be run is called by its own name: a file system without exec, a directory, a file without x, …
# shellcheck source=tests/lib/mounts.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/mounts.sh"
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
run() { # CODE REGEX COMMAND…
  expect_exit "$1" "$GOSTRAP" exec riscv64 --release 1.99.0 -- "${@:3}"
  expect_match "$2" "$T/err"
  expect_no_match "on PATH" "$T/err"
}
printf 'package main\n' >"$T/main.go"
run 126 "run $T/main.go: it is not executable" "$T/main.go"
expect_match "go run $T/main.go" "$T/err"
printf 'x\n' >"$T/plain"
run 126 'it is not executable' "$T/plain"
expect_match "chmod \+x $T/plain" "$T/err"
run 126 'run /etc: it is a directory' /etc
run 127 'there is no such file' "$T/nothing"
printf '#!/no/such/interpreter\n' >"$T/script" && chmod +x "$T/script"
run 126 'what starts it is not: /no/such/interpreter' "$T/script"
printf 'neither\n' >"$T/neither" && chmod +x "$T/neither"
run 126 'neither a program of this system nor a script' "$T/neither"
printf '\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\377\0' >"$T/foreign" && chmod +x "$T/foreign"
run 126 'for another kind of machine' "$T/foreign"
expect_exit 127 "$GOSTRAP" exec riscv64 --release 1.99.0 -- no-such-program
expect_match 'run no-such-program: there is no such program on PATH' "$T/err"
ok "not executable, a directory, not there, without its interpreter, for another machine"

requires_mounts
mkdir "$T/noexec"
mount -t tmpfs -o noexec none "$T/noexec"
cp -a "$store" "$T/noexec/store"
for words in 'exec riscv64 --release 1.99.0 -- go version' 'env riscv64 --release 1.99.0' \
  'compile . --sdk riscv64 --release 1.99.0' 'build arm64 --release 1.99.0'; do
  # shellcheck disable=SC2086
  expect_exit 2 "$GOSTRAP" ${words/ / --store $T/noexec/store }
  expect_match "$T/noexec/store.*mounted noexec" "$T/err"
  expect_match 'store DIR' "$T/err"
done
expect_exit 2 "$GOSTRAP" build riscv64 --release 1.99.0 --store "$T/noexec/new"
expect_match 'mounted noexec' "$T/err"
[ ! -e "$T/noexec/new" ] || fail "a store was made where nothing can be run"
cp "$GOSTRAP" "$T/noexec/program"
run 126 'mounted noexec' "$T/noexec/program"
ok "a file system without exec is refused early, with the right word"
