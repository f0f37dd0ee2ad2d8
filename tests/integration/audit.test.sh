#!/usr/bin/env bash
# audit: what in a source no compiler made here.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_source 1.99.0
tree=$(source_of 1.99.0)
mkdir -p "$tree"/src/runtime/race "$tree"/src/debug/elf/testdata
printf '\177ELF\0race' >"$tree/src/runtime/race/race_linux_arm64.syso"
printf 'race_linux_arm64.syso built with LLVM 123 and Go 456.\n' >"$tree/src/runtime/race/README"
printf '\177ELF\0test' >"$tree/src/debug/elf/testdata/hello.elf"
pin_release 1.99.0 "$(printf 1.99.0 | sha1sum | cut -d' ' -f1)" "$tree"

expect_exit 2 "$GOSTRAP" audit 1.99.0
expect_match "the store has no source of it" "$T/err"
expect_match "gostrap build $own_port --release 1.99.0" "$T/err"
ok "a release whose source is not there, and the command that gets it"

sdk=$("$GOSTRAP" build riscv64 --release 1.99.0 2>"$T/log")
expect_exit 0 "$GOSTRAP" audit 1.99.0
expect_match '^can be linked into programs \(1\)$' "$T/out"
expect_match 'src/runtime/race/race_linux_arm64.syso  ELF object or program, 9 bytes$' "$T/out"
expect_match 'src/runtime/race/README: built with LLVM 123 and Go 456$' "$T/out"
expect_match '1 are no text, 1 more are read by tests only \(--tests lists them\); none unknown$' "$T/out"
expect_no_match 'hello.elf' "$T/out"
expect_exit 0 "$GOSTRAP" audit 1.99.0 --tests
expect_match 'src/debug/elf/testdata/hello.elf' "$T/out"
expect_exit 0 "$GOSTRAP" audit 1.99.0 --json
expect_equal "what it can end in" program "$(json "$T/out" blobs 1 use)"
expect_equal "its hash" "$(sha256sum <"$tree/src/runtime/race/race_linux_arm64.syso" | cut -d' ' -f1)" \
  "$(json "$T/out" blobs 1 sha256)"
expect_equal "what tests read" tests "$(json "$T/out" blobs 0 use)"
expect_equal "the release" go1.99.0 "$(json "$T/out" version)"
ok "the source of a release: what each is for, what takes it, and where upstream says that it is from"

expect_exit 0 "$GOSTRAP" audit "$sdk"
expect_match 'src/runtime/race/race_linux_arm64.syso' "$T/out"
expect_match '^Not looked at: [0-9]+ files in bin and pkg' "$T/out"
ln -s "$sdk" "$T/link"
expect_exit 0 "$GOSTRAP" audit "$T/link"
ok "an SDK has the same, and its own programs are left to verify"

printf 'a\0b' >"$tree/src/fmt/table.bin"
expect_exit 1 "$GOSTRAP" audit "$tree"
expect_match '^UNKNOWN: nobody here knows what it is for \(1\)$' "$T/out"
expect_match 'src/fmt/table.bin  NUL bytes, 3 bytes$' "$T/out"
expect_match '; 1 unknown$' "$T/out"
expect_exit 1 "$GOSTRAP" audit "$tree" --json
printf 'package fmt\n//go:embed table.bin\nvar t []byte\n' >"$tree/src/fmt/t.go"
expect_exit 1 "$GOSTRAP" audit "$tree"
expect_match '^  taken by: src/fmt/t.go embeds it$' "$T/out"
ok "an unknown one is told, with what embeds it, and is exit code 1"

name=$'evil\e[31m\n'
printf '\0' >"$tree/$name"
expect_exit 1 "$GOSTRAP" audit "$tree"
expect_no_match $'\e' "$T/out"
rm "$tree/$name"
mkfifo "$tree/src/fifo"
expect_exit 2 "$GOSTRAP" audit "$tree"
expect_match 'fifo' "$T/err"
rm "$tree/src/fifo"
ok "names that a terminal would act on, and what is no file"

expect_exit 2 "$GOSTRAP" audit "$T"
expect_match 'it is no source of Go' "$T/err"
expect_exit 2 "$GOSTRAP" audit "$T/out"
expect_match 'is no directory' "$T/err"
expect_exit 2 "$GOSTRAP" audit 1.2.3
expect_exit 2 "$GOSTRAP" audit
ok "what is no source is no pass"
