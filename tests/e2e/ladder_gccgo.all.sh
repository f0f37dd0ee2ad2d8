#!/usr/bin/env bash
# A ladder from GCC's Go, which no Go compiled: 1.21, 1.22 and 1.24.4, whose archive is the published one.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires go-12

arguments=(linux/amd64 --archives --release 1.24.4 --bootstrap gccgo --store "$T/store" --from "$(test_archive 1.24.4)")
expect_exit 0 "$GOSTRAP" plan "${arguments[@]}"
mapfile -t rungs < <(grep -Eo 'go1\.2[0-9.]+-host' "$T/out" | sort -uV)
expect_equal "number of rungs" 3 "${#rungs[@]}"
expect_match '^run go1\.21\.[0-9]+-host-linux-amd64 .*gccgo 1[2-5]' <(tr -s ' ' <"$T/out")
ok "planned from gccgo: ${rungs[*]}"

for rung in "${rungs[@]}"; do
  version=${rung#go} && version=${version%-host}
  [ "$version" != 1.24.4 ] || continue
  from=$(source_of "$version")
  [ -n "$from" ] || fail "no source of $version is within reach (GOSTRAP_TEST_GO_GIT names a clone of Go's history)"
  arguments+=(--from "$version=$from")
done
expect_exit 0 "$GOSTRAP" build "${arguments[@]}"
expect_published 1.24.4 "$(cat "$T/out")" go1.24.4.linux-amd64.tar.gz
