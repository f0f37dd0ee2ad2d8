#!/usr/bin/env bash
# The air gap, for real: with the network cut off and an empty store, one signed bundle gives an SDK that works.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires qemu-riscv64 unshare
sdk=$(build 1.24.4 riscv64)
"$GOSTRAP" key "$T/key" >"$T/fingerprint"
expect_exit 0 "$GOSTRAP" bundle create riscv64 --release 1.24.4 --sign "$T/key" --out "$T/go.tar.zst"
size=$(stat -c %s "$T/go.tar.zst")
[ "$size" -lt 60000000 ] || fail "the bundle has $size bytes"
ok "a bundle of the SDK for riscv64: $size bytes"

unset GOSTRAP_STORE
offline() { env HOME="$T/island" unshare --map-root-user --net "$@"; }
expect_exit 0 offline "$GOSTRAP" bundle install "$T/go.tar.zst" --key "$T/key.pub"
installed=$(cat "$T/out")
diff -r "$sdk" "$installed"
expect_exit 0 offline "$GOSTRAP" bundle install "$T/go.tar.zst" --key "$T/key.pub" --json
expect_match '"wasThere": true' "$T/out"

mkdir "$T/hello"
cd "$T/hello"
printf 'module hello\n\ngo 1.24\n' >go.mod
printf 'package main\n\nimport ("fmt"; "runtime")\n\nfunc main() { fmt.Println("hello from", runtime.GOOS+"/"+runtime.GOARCH) }\n' >main.go
expect_exit 0 offline "$GOSTRAP" exec riscv64 --release 1.24.4 -- go run .
expect_equal "what hello says" "hello from linux/riscv64" "$(cat "$T/out")"
ok "without network, on an empty store: $(cat "$T/out")"
