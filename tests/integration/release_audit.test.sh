#!/usr/bin/env bash
# release audit: others' pins held against ours.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"

sum=$("$GOSTRAP" release show 1.24.4 --json | awk -F'"' '$2 == "go1.24.4.linux-riscv64.tar.gz" { print $4 }')
source=$("$GOSTRAP" release show 1.24.4 --json | awk -F'"' '$2 == "sourceArchive" { print $4 }')
cat >"$T/index.json" <<JSON
[{"version": "go1.24.4", "files": [
  {"filename": "go1.24.4.src.tar.gz", "version": "go1.24.4", "sha256": "$source", "kind": "source"},
  {"filename": "go1.24.4.linux-riscv64.tar.gz", "version": "go1.24.4", "sha256": "$sum", "kind": "archive"}]}]
JSON
expect_exit 0 "$GOSTRAP" release audit "$T/index.json"
expect_equal "what it says" "2 pins of Go's files: 2 agree, 0 differ, 0 are not known here" "$(cat "$T/out")"
ok "pins that agree"

sed -i "s/$sum/${sum:1}0/" "$T/index.json"
expect_exit 1 "$GOSTRAP" release audit "$T/index.json"
expect_match "^differs  $T/index.json:3  go1.24.4.linux-riscv64.tar.gz ${sum:1}0, and here $sum$" "$T/out"
expect_exit 1 "$GOSTRAP" release audit "$T/index.json" --json
expect_match '"result": "differs"' "$T/out"
ok "one that differs is told with both, and is exit code 1"

echo nothing >"$T/empty"
expect_exit 2 "$GOSTRAP" release audit "$T/empty"
expect_match 'it has no SHA-256 of a file of Go' "$T/err"
expect_exit 2 "$GOSTRAP" release audit "$T/none"
ok "what pins nothing is no agreement"
