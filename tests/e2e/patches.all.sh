#!/usr/bin/env bash
# What takes a make.bash of its own: an architecture constant patched, and a setting baked, in one toolchain.
# shellcheck source=tests/lib/preamble.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "$GOSTRAP_SOURCE_DIR/tests/lib/real-go.sh"
requires qemu-riscv64

# What a board with other cache lines needs: padding for it, and a way to see it.
cat >"$T/cache-line.patch" <<'PATCH'
diff --git a/src/internal/cpu/cpu_riscv64.go b/src/internal/cpu/cpu_riscv64.go
--- a/src/internal/cpu/cpu_riscv64.go
+++ b/src/internal/cpu/cpu_riscv64.go
@@ -4,6 +4,6 @@
 
 package cpu
 
-const CacheLinePadSize = 64
+const CacheLinePadSize = 128
 
 func doinit() {
diff --git a/src/runtime/cacheline.go b/src/runtime/cacheline.go
new file mode 100644
--- /dev/null
+++ b/src/runtime/cacheline.go
@@ -0,0 +1,6 @@
+package runtime
+
+import "internal/cpu"
+
+// CacheLineSize is what structures are padded to.
+func CacheLineSize() int { return cpu.CacheLinePadSize }
PATCH
changes=(--profile "GORISCV64=rva22u64,GOGC=200" --bake --patch "$T/cache-line.patch")

# A patch that does not apply costs no make.bash.
sed 's/CacheLinePadSize = 64/CacheLinePadSize = 32/' "$T/cache-line.patch" >"$T/wrong.patch"
expect_exit 2 "$GOSTRAP" build linux/riscv64 --release 1.24.4 --from "$(test_archive 1.24.4)" --patch "$T/wrong.patch"
expect_match 'wrong.patch: src/internal/cpu/cpu_riscv64.go, hunk @@ -4,6 \+4,6 @@ does not apply' "$T/err"
ok "a patch that does not apply is named with file and hunk"

sdk=$(build 1.24.4 linux/riscv64 "${changes[@]}")
expect_match '-go1.24.4-sdk-linux-riscv64-GORISCV64-rva22u64-GOGC-200-baked-patched-[0-9a-f]{8}$' <(echo "$sdk")
expect_match '^go version go1.24.4-patched\.[0-9a-f]{8} linux/amd64$' <("$sdk/bin/go" version)
expect_no_match GORISCV64 "$sdk/share/go/go.env"
ok "built: $("$sdk/bin/go" version)"

mkdir "$T/hello" && cd "$T/hello"
printf 'module hello\n\ngo 1.24\n' >go.mod
cat >hello.go <<'GO'
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

func main() { fmt.Println(runtime.CacheLineSize(), debug.SetGCPercent(-1), runtime.GOARCH) }
GO
in_sdk() { "$GOSTRAP" exec linux/riscv64 --release 1.24.4 "${changes[@]}" -- "$@"; }
expect_equal "the constant and the default in a program" "128 200 riscv64" "$(in_sdk go run .)"
in_sdk go build -o program .
expect_match '	build	GORISCV64=rva22u64$' <("$sdk/bin/go" version -m program)
expect_match 'program: go1.24.4-patched\.' <("$sdk/bin/go" version program)
GORISCV64=rva20u64 in_sdk go build -o program .
expect_match '	build	GORISCV64=rva20u64$' <("$sdk/bin/go" version -m program)
ok "the patched constant, the baked setting and the default are in programs; the environment still wins"

expect_exit 0 "$GOSTRAP" verify "$sdk"
expect_match 'profile: GORISCV64=rva22u64 GOGC=200, baked, 1 patch; without it the source is as pinned: not canonical' "$T/out"
expect_match 'hello runs: hello from linux/riscv64, go1.24.4-patched' "$T/out"
expect_exit 1 "$GOSTRAP" verify --official "$sdk"
expect_match 'not canonical: it was made with GORISCV64=rva22u64 GOGC=200, baked, 1 patch' "$T/out"
expect_match 'differs: share/go/src/internal/cpu/cpu_riscv64.go' "$T/out"
expect_exit 0 "$GOSTRAP" list
expect_match 'linux/riscv64 GORISCV64=rva22u64 GOGC=200, baked, 1 patch \(not canonical\)' "$T/out"
ok "verify, verify --official and list say what it is and why it is not canonical"
