#!/usr/bin/env bash
# serve: a port that is taken is found before anything is hashed.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/serve.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/serve.sh"

mkdir -p "$T/first" "$T/second/example.com/m/@v"
# what cannot be read as a module would end the hashing with another error
printf 'no zip\n' >"$T/second/example.com/m/@v/v1.0.0.zip"
printf 'module example.com/m\n' >"$T/second/example.com/m/@v/v1.0.0.mod"
serve "$T/first"
expect_exit 2 "$GOSTRAP" serve "$T/second" --listen "127.0.0.1:$port"
expect_match "listen on 127.0.0.1:$port: Address already in use" "$T/err"
expect_match 'listen 127.0.0.1:0' "$T/err"
expect_no_match 'zip' "$T/err"
stopped TERM
serve "$T/first" --listen "127.0.0.1:$port"
stopped TERM
ok "a port that is taken is said first, and one that was just given up can be had"
