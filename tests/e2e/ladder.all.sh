#!/usr/bin/env bash
# A ladder: 1.27.1 is built by 1.24.9, which is built by what Debian has; and an SDK does not depend on its bootstrap.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
first=/usr/lib/go-1.23

"$GOSTRAP" build linux/amd64 --archives --release 1.27.1 --bootstrap "$first" \
  --from "1.27.1=$(test_archive 1.27.1)" --from "1.24.9=$(test_archive 1.24.9)" >"$T/path"
expect_published 1.27.1 "$(cat "$T/path")" go1.27.1.linux-amd64.tar.gz

build 1.24.4 linux/riscv64 --bootstrap "$first" >"$T/one"
second=$("$GOSTRAP" list --json | awk -F'"' '$2 == "path" && /go1.24.9-host/ { print $4; exit }')
build 1.24.4 linux/riscv64 --bootstrap "$second/share/go" >"$T/other"
[ "$(cat "$T/one")" != "$(cat "$T/other")" ] || fail "both bootstraps gave one store entry"
expect_equal "NAR hash from 1.24.9" "$(manifest_value "$(cat "$T/one")" nar)" "$(manifest_value "$(cat "$T/other")" nar)"
cmp "$(cat "$T/one")/share/gostrap/manifest.json" "$(cat "$T/other")/share/gostrap/manifest.json"
ok "from Go 1.23 and from 1.24.9 comes one SDK: $(manifest_value "$(cat "$T/one")" nar)"
