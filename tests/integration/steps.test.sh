#!/usr/bin/env bash
# The single steps, each into a directory that is named: what a Nix derivation calls.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0 "$T/bootstrap"
fake_release 1.99.0 "echo ran >>'$T/runs'"
out=$T/out-of
mkdir "$out"
step() { expect_exit 0 "$GOSTRAP" "$@"; }

step source 1.99.0 --out "$out/source"
expect_equal "standard output" "$out/source" "$(cat "$T/out")"
diff -r "$(source_of 1.99.0)" "$out/source"
step host --source "$out/source" --bootstrap "$T/bootstrap" --out "$out/host" --log "$out/host.log"
expect_equal "what it is" "go version go1.99.0 $own_port" "$("$out/host/bin/go" version)"
expect_match '^Building Go toolchain1' "$out/host.log"
step sdk riscv64 --host "$out/host" --out "$out/sdk"
step toolchain arm --host "$out/host" --out "$out/arm"
step toolchain arm --reference --host "$out/host" --out "$out/arm-reference"
step archives arm --host "$out/host" --out "$out/archives"
step archives arm --host "$out/host" --toolchain "$out/arm" --out "$out/archives2" --json
expect_equal "the path in --json" "$out/archives2" "$(json "$T/out" path)"
diff -r "$out/arm" "$out/arm-reference"
diff -r "$out/archives" "$out/archives2"
[ ! -e "$store" ] || fail "a single step made a store"
ok "source, host, sdk, toolchain and archives each fill --out, without a store"

for name in source host sdk arm archives; do
  [ -f "$out/$name.provenance.json" ] || fail "$name has no provenance beside it"
  json "$out/$name.provenance.json" making >"$T/making"
  [ -z "$(find "$out/$name" -name '*provenance*')" ] || fail "$name has its provenance inside"
  expect_equal "files of $name that may be written to" "" "$(find "$out/$name" -type f -perm /222)"
done
step sdk riscv64 --host "$out/host" --out "$out/other" --provenance "$out/told.json"
expect_equal "the provenance elsewhere" "$out/told.json" "$(find "$out" -name told.json -o -name 'other.*')"
ok "the provenance lies beside the output, or where --provenance says"

step build riscv64 --bootstrap "$T/bootstrap" --release 1.99.0
diff -r "$(entry go1.99.0-sdk-linux-riscv64)" "$out/sdk"
ok "the steps and build make the same SDK"

touch "$out/file"
before=$(wc -l <"$T/runs")
for there in "$out/sdk" "$out/file"; do
  expect_exit 2 "$GOSTRAP" host --source "$out/source" --bootstrap "$T/bootstrap" --out "$there"
  expect_match "make $there: something is there already" "$T/err"
done
expect_equal "runs of make.bash" "$before" "$(wc -l <"$T/runs")"
mkdir "$out/empty"
step sdk riscv64 --host "$out/host" --out "$out/empty"
ok "an --out that is there is refused before any work, unless it is an empty directory"

cp -R "$out/source" "$T/changed" && chmod -R u+w "$T/changed" && echo >>"$T/changed/README.md"
expect_exit 2 "$GOSTRAP" host --source "$T/changed" --bootstrap "$T/bootstrap" --out "$out/no"
expect_match 'pinned to' "$T/err"
expect_equal "runs of make.bash" "$before" "$(wc -l <"$T/runs")"
fake_bootstrap 1.97.5 "$T/old"
expect_exit 2 "$GOSTRAP" host --source "$out/source" --bootstrap "$T/old" --out "$out/no"
expect_match 'go1.99.0 needs Go 1.98.0 or newer as its bootstrap, and .* is go1.97.5' "$T/err"
expect_exit 2 "$GOSTRAP" sdk riscv64 --host "$out/archives" --out "$out/no"
expect_match 'is a archives hosted on linux/arm|is an? archives' "$T/err"
expect_exit 2 "$GOSTRAP" sdk riscv64 --host "$T" --out "$out/no"
expect_match 'it has no share/gostrap/manifest.json' "$T/err"
for words in "sdk riscv64 --host $out/host" "host --bootstrap $T/old --out $out/no" "toolchain arm --out $out/no" \
  "host --source $out/source --out $out/no" "source --out $out/no"; do
  # shellcheck disable=SC2086
  expect_exit 2 "$GOSTRAP" $words
  expect_match 'is missing|exactly one' "$T/err"
done
[ ! -e "$out/no" ] || fail "a refused step left something"
ok "a changed source, an old bootstrap, a wrong host and missing words are refused"

expect_equal "left-overs beside the outputs" "" "$(find "$out" -maxdepth 1 -name '.*' -not -path "$out")"
expect_equal "left-overs in TMPDIR" "" "$(ls -A "$TMPDIR")"
ok "nothing is left over"
