#!/usr/bin/env bash
# Bootstraps and ladders: plan shows the rungs and why, build builds each in the store.
# shellcheck source=tests/lib/fake-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/fake-go.sh"

for version in 1.97.0 1.98.0 1.99.0; do fake_release $version "echo go$version >>'$T/runs'"; done
plan() { "$GOSTRAP" plan riscv64 --release 1.99.0 "$@"; }

expect_exit 2 plan
expect_match 'go1.99.0: it needs Go 1.98.0 or newer to start from' "$T/err"
expect_match '^  Install Go [0-9.]+ or newer .*--bootstrap' "$T/err"
ok "without a bootstrap that leads there, plan names the floor and says what to install"

fake_bootstrap 1.96.5 "$T/old"
fake_bootstrap 1.95.1 "$T/too-old"
expect_exit 2 plan --bootstrap "$T/too-old"
expect_match 'it needs Go 1.98.0 or newer .*' "$T/err"
expect_match '^    go1.95.1 \(--bootstrap\)$' "$T/err"
ok "a --bootstrap that is too old is refused, with the floor and what it is"

printf '#!/bin/sh\nexit 1\n' >"$T/bin/broken-go" && chmod +x "$T/bin/broken-go"
expect_exit 2 plan --bootstrap "$T/bin/broken-go"
expect_match 'broken-go version. failed' "$T/err"
expect_exit 2 plan --bootstrap "$T/nothing"
expect_match "there is no $T/nothing" "$T/err"
ok "a --bootstrap that does not answer is refused, with the reason"

expect_exit 0 plan --bootstrap "$T/old"
expect_match '^run +go1.97.0-host-.* go1.97.0 needs Go 1.96.0 or newer: built with go1.96.5 \(--bootstrap\)$' "$T/out"
expect_match '^run +go1.98.0-host-.* built with go1.97.0$' "$T/out"
expect_match '^run +go1.99.0-sdk-linux-riscv64 +asked for$' "$T/out"
expect_match '^7 of 7 steps to run$' "$T/out"
[ ! -e "$store" ] || fail "plan made a store"
ok "plan shows each rung and why, and touches nothing"

expect_exit 0 plan --bootstrap "$T/old" --json
expect_equal "steps in --json" 7 "$(json "$T/out")"
expect_equal "the first host's bootstrap" go1.96.5 "$(json "$T/out" 1 bootstrap name)"
expect_equal "what the second host needs" go1.97.0-host-"$own_dashed" "$(json "$T/out" 3 needs 1)"
expect_equal "whether the SDK is to run" true "$(json "$T/out" 6 runs)"
expect_exit 0 plan --bootstrap "$T/old" --dot
expect_equal "the graph's first line" "digraph plan {" "$(head -n 1 "$T/out")"
expect_equal "the graph's last line" "}" "$(tail -n 1 "$T/out")"
node='"[^"]+"'
sed '1d;$d' "$T/out" | grep -Evx " *(rankdir=LR|node \[shape=box\]|$node \[[a-z]+=[a-z]+\]|$node -> $node);" >"$T/odd" || true
expect_equal "lines of the graph that are neither attribute, node nor edge" "" "$(cat "$T/odd")"
expect_match "\"go1.98.0-host-$own_dashed\" -> \"go1.99.0-host-$own_dashed\";" "$T/out"
if command -v dot >/dev/null; then dot -Tplain -o /dev/null "$T/out"; fi
ok "--json is one document, --dot a graph"

expect_exit 0 "$GOSTRAP" build riscv64 --release 1.99.0 --bootstrap "$T/old"
expect_equal "runs of make.bash" "go1.97.0 go1.98.0 go1.99.0" "$(tr '\n' ' ' <"$T/runs" | sed 's/ $//')"
for name in {go1.97.0,go1.98.0,go1.99.0}-{source,"host-$own_dashed"}; do entry "$name" >/dev/null; done
expect_match "^Building Go cmd/dist using $(entry "go1.97.0-host-$own_dashed")/share/go\." "$(log_of "go1.98.0-host-$own_dashed")"
ok "build climbs the ladder, each rung in the store and built with the one below"

expect_equal "the bottom of the provenance" "go1.96.5" \
  "$(json "$(provenance go1.99.0-sdk-linux-riscv64)" from 0 from 1 from 1 inputs bootstrap name)"
ok "the provenance of the SDK tells every rung"

expect_exit 0 "$GOSTRAP" build arm64 --release 1.99.0
expect_exit 0 "$GOSTRAP" build arm64 --release 1.98.0
expect_equal "runs of make.bash" 3 "$(wc -l <"$T/runs")"
ok "a toolchain that is in the store is used, whatever bootstrap is at hand"

fake_release 1.99.1 "echo go1.99.1 >>'$T/runs'"
expect_exit 0 "$GOSTRAP" plan riscv64 --release 1.99.1
expect_match '^there +go1.99.0-host-' "$T/out"
expect_match 'built with go1.99.0 \(the store\)' "$T/out"
ok "the store is searched for bootstraps too"
