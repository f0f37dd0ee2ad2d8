#!/usr/bin/env bash
# A public log that Go's own implementation keeps, real toolchains, and a go command behind the air gap: verify --log of all
# that gostrap makes, and gostrap serve handing the log's proofs on.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
# shellcheck source=tests/lib/serve.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/serve.sh"
# shellcheck source=tests/lib/log.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/log.sh"
requires curl
requires_older_go

mapfile -t archives < <(build 1.24.4 linux/amd64 linux/riscv64 --archives)
sdk=$(build 1.24.4 riscv64)
toolchain=$(build 1.24.4 linux/riscv64 --hosted)
host=$("$GOSTRAP" list --json | grep -o '"path": "[^"]*go1.24.4-host-linux-amd64"' | head -n 1 | cut -d'"' -f4)
build_write_log "$host/share/go/bin/go"

# what the host's go command says the modules' hashes are: dirhash, in its own cache
expect_exit 0 "$GOSTRAP" goproxy "${archives[@]}" --out "$T/proxy"
alone() { env GOMODCACHE="$T/modules" GOCACHE="$T/cache" GOPATH="$T/path" GOFLAGS=-modcacherw GOENV=off CGO_ENABLED=0 "$@"; }
place=$T/modules/cache/download/golang.org/toolchain/@v
index=700
for port in linux-amd64 linux-riscv64; do
  version=v0.0.1-go1.24.4.$port
  alone env GOPROXY="file://$T/proxy" GONOSUMDB=golang.org/toolchain GOTOOLCHAIN=local \
    "$host/share/go/bin/go" mod download "golang.org/toolchain@$version"
  printf '%s golang.org/toolchain %s %s h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=\n' \
    "$index" "$version" "$(cat "$place/$version.ziphash")" >>"$T/records"
  index=$((index + 1500))
done
rm -rf "$T/modules"
log() { write_log -records "$T/records" -size 4000 "$@"; }
key=$(log key)
log client "$T/gopath" golang.org/toolchain@v0.0.1-go1.24.4.linux-{amd64,riscv64}

export GOSTRAP_STORE=$T/store # of what is kept of the log; the outputs are named by their paths
expect_exit 0 "$GOSTRAP" verify "${archives[@]}" "$sdk" "$toolchain" "$host" --log-key "$key" --log-from "$T/gopath" --offline
expect_equal "outputs whose module is in the log" 5 "$(grep -c '^  ok  *log: h1:.* signed by log.example' "$T/out")"
expect_equal "those of linux/amd64" 3 "$(grep -c 'record 700 of a tree of 4000' "$T/out")"
ok "archives, toolchains and SDKs have the hash that the go command computes of the module, and the log has it"

sed 's/h1:./h1:-/' "$T/records" >"$T/other-records"
write_log -records "$T/other-records" -size 4000 client "$T/other" golang.org/toolchain@v0.0.1-go1.24.4.linux-amd64
expect_exit 1 "$GOSTRAP" verify "${archives[0]}" --log-key "$key" --log-from "$T/other"
expect_match '^  FAILED log: the log has another module'
expect_match "^  FAILED log's past: FORK"
ok "a log that has another module contradicts it, and itself"

# ---- behind the air gap: no go command here reaches log.example ----------------------------------------------------------
new_user() { rm -rf "$T/modules" "$T/path" "$T/cache"; }
by_log() { alone env GOPROXY="$url" GOSUMDB="$key" GOTOOLCHAIN=go1.24.4 "$@"; }
serve "$T/proxy" "$T/gopath/pkg/mod" --verbose
expect_match '^# GOSUMDB=log.example checks by that log instead: 2 lookups in trees of up to 4000 records$' "$T/serve.out"
new_user
expect_exit 0 by_log "$older_go" version
expect_equal "go version" "go version go1.24.4 linux/amd64" "$(cat "$T/out")"
for asked in supported 'lookup/golang.org/toolchain@v0.0.1-go1.24.4.linux-amd64' tile/8/0/002 tile/8/1/000.p/15; do
  expect_match "^200 GET /sumdb/log.example/$asked" "$T/serve.err"
done
ok "a go command takes the toolchain, and checks it by the log, of which gostrap serve has the proofs"

expect_exit 0 env GOMODCACHE="$T/modules" "$GOSTRAP" verify "${archives[0]}" --log --log-key "$key" --offline
expect_match '^  ok +log: .* is record 700 of a tree of 4000'
ok "and what that go command keeps is evidence for verify --log"

curl -sf "$url/sumdb/log.example/latest" >"$T/latest"
cmp -s "$T/latest" "$T/gopath/pkg/sumdb/log.example/latest" || fail "the latest tree is another one"
curl -sf "$url/sumdb/log.example/tile/8/1/000.p/9" >"$T/tile"
cmp -s "$T/tile" <(head -c $((9 * 32)) "$T/gopath/pkg/mod/cache/download/sumdb/log.example/tile/8/1/000.p/15") ||
  fail "a narrow tile is not the beginning of the wider one"
ok "the latest tree, and tiles of trees before it, are handed on too"

new_user
expect_exit 0 alone env GOPROXY="$url" GOSUMDB="$key $url/sumdb/log.example" GOTOOLCHAIN=go1.24.4 "$older_go" version
stopped TERM
serve "$T/proxy" "$T/other/pkg/mod"
new_user
expect_exit 1 by_log "$older_go" version
expect_match 'checksum mismatch' "$T/err"
stopped TERM
ok "the same by a URL in GOSUMDB; a toolchain that the log has not is refused by the go command"
