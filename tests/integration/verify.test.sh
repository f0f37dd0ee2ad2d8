#!/usr/bin/env bash
# gostrap verify: an output that is as its manifest says, one that is not, and one whose manifest is damaged.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_qemu riscv64
fake_release 1.99.0
expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0
sdk=$(entry go1.99.0-sdk-linux-riscv64)
verify() { "$GOSTRAP" verify "$@"; }

expect_exit 0 verify "$sdk"
expect_match '^  ok     files: [0-9]+ files as the manifest says, share/go is sha256-' "$T/out"
expect_match '^  ok     hello builds: for linux/riscv64' "$T/out"
expect_match '^  ok     hello runs: hello from linux/riscv64, go1.99.0$' "$T/out"
expect_match "qemu-riscv64 .*/plain" "$T/qemu.log"
ok "a good SDK: files, a hello built and run through the wrapper"

expect_exit 0 verify "$(entry "go1.99.0-host-$own_dashed")" "$sdk" --json
expect_equal "outputs in --json" 2 "$(json "$T/out")"
expect_equal "whether it holds" true "$(json "$T/out" 1 holds)"
expect_equal "the first check's result" passed "$(json "$T/out" 1 checks 0 result)"
ok "several at a time, --json is one document"

copy() { rm -rf "$T/copy" && cp -R "$sdk" "$T/copy" && chmod -R u+w "$T/copy"; }
refused() {
  expect_exit 1 verify "$T/copy"
  expect_match '^  FAILED files: ' "$T/out"
  expect_match "^ +$1$" "$T/out"
  expect_no_match 'hello' "$T/out"
}
copy && echo x >>"$T/copy/share/go/src/fmt/print.go"
refused 'share/go/src/fmt/print.go was changed'
copy && chmod +x "$T/copy/share/go/VERSION"
refused 'share/go/VERSION was changed'
copy && rm "$T/copy/share/go/pkg/tool/${own_port/\//_}/link"
refused "share/go/pkg/tool/${own_port/\//_}/link is missing"
copy && touch "$T/copy/share/go/src/extra.go"
refused 'share/go/src/extra.go is not in the manifest'
copy && ln -sfn /elsewhere "$T/copy/GOROOT"
refused 'GOROOT was changed'
copy && echo 'exit 0' >"$T/copy/bin/go_linux_riscv64_exec"
refused 'bin/go_linux_riscv64_exec was changed'
copy && mkdir "$T/copy/share/go/empty"
refused 'the NAR hash of share/go is sha256-.*, the manifest says sha256-.*'
ok "what was changed, is missing or too much is named, exit code 1, and nothing of it is run"

copy && for i in $(seq 30); do touch "$T/copy/share/go/src/extra$i.go"; done
refused '… and 20 more'
ok "many differences are counted"

damaged() {
  expect_exit 2 verify "$T/copy"
  expect_match "$1" "$T/err"
  expect_equal "standard output" "" "$(cat "$T/out")"
}
manifest=$T/copy/share/gostrap/manifest.json
copy && rm "$manifest"
damaged 'it has no share/gostrap/manifest.json'
copy && head -c 300 "$sdk/share/gostrap/manifest.json" >"$manifest"
damaged 'manifest.json:[0-9]+: it is not JSON'
copy && sed -i 's|"share/go/VERSION"|"../../../etc/passwd"|' "$manifest"
damaged 'manifest.json:[0-9]+, files, \.\./.*is not a path below the output'
copy && sed -i '0,/: "[0-9a-f]\{64\}/s/: "[0-9a-f]\{64\}/: "123/' "$manifest"
damaged 'manifest.json:[0-9]+, files, .*: it should be a SHA-256 in hexadecimal'
copy && sed -i 's/"schema": 1/"schema": 99/' "$manifest"
damaged 'reads manifests of schema 1 only'
copy && sed -i 's/"port": "[^"]*"/"port": 7/' "$manifest"
damaged "manifest.json:$(grep -n '"port"' "$manifest" | cut -d: -f1), port: it should be a string"
copy && sed -i 's/"kind": "sdk"/"kind": "sdk", "kind": "toolchain"/' "$manifest"
damaged 'manifest.json:3: the key "kind" stands twice'
copy && rm "$manifest" && mkfifo "$manifest"
damaged 'not a regular file'
ok "a damaged manifest is refused with its place and the reason, exit code 2"

expect_exit 2 verify
expect_match 'at least one path' "$T/err"
expect_exit 2 verify "$T/nothing"
expect_match "$T/nothing" "$T/err"
ok "a path that is not there is exit code 2"
