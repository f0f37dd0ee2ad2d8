#!/usr/bin/env bash
# --fallback works port by port, and says what it did for each.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

fake_bootstrap 1.98.0
fake_release 1.99.0
names() { sed -n 's/^[a-z]*  *\(go1.99.0-[^ ]*\) .*/\1/p' "$T/out"; }

printf '{"GOAMD64": "v3", "GOARM64": "v8.1", "GOGC": 200}\n' >"$T/team.json"
expect_exit 2 "$GOSTRAP" plan amd64 arm64 --release 1.99.0 --profile "$T/team.json"
expect_match '^gostrap: GOAMD64=v3 cannot be for linux/arm64|^gostrap: GOARM64=v8.1 cannot be for linux/amd64' "$T/err"
expect_match 'fallback leaves it out there\.$' "$T/err"
expect_exit 0 "$GOSTRAP" plan amd64 arm64 riscv64 --release 1.99.0 --profile "$T/team.json" --fallback
for name in sdk-linux-amd64-GOAMD64-v3-GOGC-200 sdk-linux-arm64-GOARM64-v8.1-GOGC-200 sdk-linux-riscv64-GOGC-200; do
  expect_match "^go1.99.0-$name$" <(names)
done
expect_match 'GOARM64=v8.1 cannot be for linux/amd64: .*GOARM64 is left out' "$T/err"
expect_match 'GOAMD64=v3 cannot be for linux/arm64: .*GOAMD64 is left out' "$T/err"
expect_match 'GOAMD64=v3 cannot be for linux/riscv64: ' "$T/err"
ok "a team's profile for several ports: each takes what is for it"

expect_exit 0 "$GOSTRAP" build riscv64 wasm --release 1.99.0 --profile GOGC=200,GOMEMLIMIT=64MiB --fallback
expect_match 'sdk-linux-riscv64-GOGC-200-GOMEMLIMIT-64MiB$' "$T/out"
expect_match 'sdk-js-wasm-GOGC-200$' "$T/out"
expect_match 'GOMEMLIMIT=64MiB cannot be for js/wasm: .*GOMEMLIMIT is left out' "$T/err"
expect_equal "what it is said of" 1 "$(grep -c 'is left out' "$T/err")"
ok "what one port cannot have stays with the others"

expect_exit 0 "$GOSTRAP" plan amd64 arm64 riscv64 --release 1.99.0 --profile GOAMD64=v3 --bake --fallback
expect_match '^go1.99.0-sdk-linux-amd64-GOAMD64-v3-baked$' <(names)
expect_match '^go1.99.0-host-.*-GOAMD64-v3-baked$' <(names)
expect_match '^go1.99.0-sdk-linux-arm64$' <(names)
expect_match 'nothing is left to bake for linux/arm64' "$T/err"
expect_equal "hosts" 2 "$(names | grep -c -- -host-)"
ok "what is baked is baked for those that have it, each with the host toolchain that it needs"

expect_exit 0 "$GOSTRAP" plan amd64 --release 1.99.0 --profile GOAMD64=v5 --fallback
expect_match '^go1.99.0-sdk-linux-amd64-GOAMD64-v4$' <(names)
expect_exit 2 "$GOSTRAP" exec amd64 --release 1.99.0 --profile GOAMD64=v5 --fallback -- go version
expect_match 'Build it: gostrap build linux/amd64 --release 1.99.0 --profile GOAMD64=v4$' "$T/err"
ok "the command that a message names is one that works"

for value in 1 2; do
  expect_exit 0 "$GOSTRAP" plan amd64 arm64 --release 1.24.4 --store "$T/none" --profile GODEBUG=gcstoptheworld=$value
  expect_match 'GODEBUG=gcstoptheworld=.: it prints nothing\. .*GODEBUG=gctrace=1' "$T/err"
  expect_equal "how often" 1 "$(grep -c 'prints nothing' "$T/err")"
done
for value in 3 yes -1 ''; do
  expect_exit 2 "$GOSTRAP" plan amd64 --release 1.24.4 --store "$T/none" --profile "GODEBUG=gctrace=1,gcstoptheworld=$value"
  expect_match 'gcstoptheworld is 0, 1 or 2' "$T/err"
  expect_match 'gctrace=1' "$T/err"
done
expect_exit 0 "$GOSTRAP" plan amd64 --release 1.99.0 --profile GODEBUG=gctrace=1
expect_no_match 'prints nothing'
ok "GODEBUG=gcstoptheworld: what it does, and that gctrace=1 is what prints"
