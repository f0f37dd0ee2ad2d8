#!/usr/bin/env bash
# An SDK that is named by its GOROOT alone, as editors have it: doctor and env see it, and name the setting.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
sdk=$(entry go1.99.0-sdk-linux-riscv64)
mkdir -p "$T/m/.vscode" "$T/m/a" && cd "$T/m/a"

for verb in 'env riscv64 --release 1.99.0' doctor; do
  # shellcheck disable=SC2086
  GOROOT=$sdk/share/go "$GOSTRAP" $verb >"$T/out" 2>"$T/err" </dev/null || :
  expect_match "GOROOT.*$sdk/share/go in the environment: who starts"
  expect_match "unset GOROOT, and name $sdk/bin/go"
done
ok "GOROOT in the environment"

printf 'GOROOT=%s/share/go\n' "$sdk" >"$T/goenv"
GOENV=$T/goenv expect_exit 0 "$GOSTRAP" env riscv64 --release 1.99.0
expect_match "GOROOT=$sdk/share/go in $T/goenv: who starts" "$T/err"
expect_match 'go env -u GOROOT' "$T/err"
ok "GOROOT by go env -w"

printf '{\n  // "go.goroot": "/x",\n  "go.goroot": "%s/share/go",\n}\n' "$sdk" >"$T/m/.vscode/settings.json"
expect_exit 0 "$GOSTRAP" env riscv64 --release 1.99.0
expect_match "go.goroot=$sdk/share/go in $T/m/.vscode/settings.json" "$T/err"
expect_match "\"go.alternateTools\": \{\"go\": \"$sdk/bin/go\"\}" "$T/err"
printf '{"go.alternateTools": {"go": "%s/bin/go"}}\n' "$sdk" >"$T/m/.vscode/settings.json"
expect_exit 0 "$GOSTRAP" env riscv64 --release 1.99.0
expect_equal "what is said of a setting as it should be" "" "$(cat "$T/err")"
ok "go.goroot in a project's settings of VS Code, which name what to set instead"

cp -r "$sdk" "$T/m/strangers"
printf '{"go.goroot": "%s/strangers/share/go"}\n' "$T/m" >"$T/m/.vscode/settings.json"
expect_exit 0 "$GOSTRAP" env riscv64 --release 1.99.0
expect_no_match strangers
ok "one that the project brings is not recommended"
