#!/usr/bin/env bash
# SDKs that compile C: programs of other ports, dynamic and static, that run; what belongs to this machine stays out; the
# same bytes wherever they are made; and the compiler is what the SDK is bound to.
# shellcheck disable=SC2016 # what a script of a test writes is not expanded here
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/real-go.sh"
requires aarch64-linux-gnu-gcc aarch64-linux-gnu-g++ x86_64-w64-mingw32-gcc musl-gcc qemu-aarch64 pkg-config
export GOCACHE=$T/cache GOFLAGS=-buildvcs=false GOPROXY=off

sdk=$(build 1.24.4 arm64 --cgo 2>"$T/err")
expect_equal "the SDK again, by its compiler's kind" "$sdk" "$(build 1.24.4 linux/arm64 --cc gcc)"
expect_exit 0 "$GOSTRAP" verify "$sdk"
expect_match 'C compiler: /usr/bin/aarch64-linux-gnu-gcc [0-9.]+, glibc'
expect_match 'hello runs: hello from linux/arm64'
expect_no_match FAILED
ok "an SDK that compiles C is built and verified"

expect_equal "what go.env says of C" "AR=go_linux_arm64_ar CC=go_linux_arm64_cc CGO_ENABLED=1 CXX=go_linux_arm64_cxx PKG_CONFIG=go_linux_arm64_pkg_config" \
  "$(grep -E '^(AR|CC|CXX|PKG_CONFIG|CGO_ENABLED)=' "$sdk/share/go/go.env" | sort | xargs)"
expect_equal "canonical in the manifest" true "$(sed -n 's/^  "canonical": \(.*\),$/\1/p' "$sdk/share/gostrap/manifest.json")"
for part in cc c++ cc1 cc1plus collect2 as ld libc.so.6 Scrt1.o libgcc.a; do
  grep -q "\"name\": \"$part\"" "$sdk/share/gostrap/manifest.json" || fail "the manifest does not name $part"
done
expect_match '"libc6-dev-arm64-cross": "' "$sdk/share/gostrap/manifest.json"
ok "its manifest names compiler, linker, C library and their packages; the toolchain is canonical"

mkdir -p "$T/one/hello" && cd "$T/one/hello"
printf 'module example.org/hello\n\ngo 1.21\n' >go.mod
cat >hello.go <<'GO'
package main

// #include <math.h>
// #include <stdlib.h>
// #cgo LDFLAGS: -lm
// int answer(const char *text);
// int twice(int number);
// static const char *when(void) { return __DATE__; }
import "C"

import (
	"fmt"
	"net"
	"os/user"
	"unsafe"
)

func Answer(text string) int {
	c := C.CString(text)
	defer C.free(unsafe.Pointer(c))
	return int(C.answer(c))
}

func main() {
	_, err := net.LookupHost("127.0.0.1")
	_, unknown := user.Lookup("nobody-of-that-name")
	fmt.Println("C says", Answer("abc"), float64(C.sqrt(2)) > 1.4, int(C.twice(21)), err, unknown, C.GoString(C.when()))
}
GO
printf '#include <string.h>\n#include "hello.h"\nint answer(const char *text) { return (int)strlen(text) + EXTRA; }\n' >answer.c
printf '#ifndef EXTRA\n#define EXTRA 39\n#endif\n' >hello.h
printf '#include <vector>\nextern "C" int twice(int number) { std::vector<int> two{number, number}; return two[0] + two[1]; }\n' >twice.cc
printf 'package main\n\nimport "testing"\n\nfunc TestAnswer(t *testing.T) {\n\tif Answer("abc") != 42 {\n\t\tt.Fatal("no")\n\t}\n}\n' >hello_test.go
says='C says 42 true 42 <nil> user: unknown user nobody-of-that-name Jan  1 1980'
expect_equal "what the program says" "$says" "$("$sdk/bin/go" run .)"
expect_exit 0 "$sdk/bin/go" test .
expect_match '^ok '
"$sdk/bin/go" build -o hello .
expect_exit 0 "$GOSTRAP" inspect hello --expect dynamic,cgo,glibc,interpreter=/lib/ld-linux-aarch64.so.1,needs=libstdc++.so.6,linux/arm64
expect_exit 1 "$GOSTRAP" inspect hello --expect static
expect_exit 1 "$GOSTRAP" inspect hello --expect musl
ok "C, C++, math and the C library's own look-ups run through QEMU, and go test does"

# ---- what the machine's user has set ----------------------------------------------------------------------------------
expect_equal "with the host's CC left over" "$says" "$(CC=gcc CXX=g++ AR=ar PKG_CONFIG=pkg-config "$sdk/bin/go" run .)"
expect_equal "with CGO_ENABLED=1" "$says" "$(CGO_ENABLED=1 "$sdk/bin/go" run .)"
CGO_ENABLED=0 expect_exit 1 "$sdk/bin/go" build .
expect_match 'build constraints exclude all Go files|undefined: '
CGO_ENABLED=0 expect_exit 1 "$GOSTRAP" exec arm64 --cgo --release 1.24.4 -- go build .
expect_match 'CGO_ENABLED=0 in the environment: packages are compiled without what is C in them \(unset CGO_ENABLED\)' "$T/err"
CC=gcc expect_exit 0 "$GOSTRAP" exec arm64 --cgo --release 1.24.4 -- go build .
expect_match 'CC=gcc in the environment: not used, this SDK is bound to aarch64-linux-gnu-gcc' "$T/err"
mkdir -p "$HOME/.config/go"
printf 'CC=gcc\nCXX=g++\nCGO_ENABLED=0\n' >"$HOME/.config/go/env"
expect_equal "with the host's CC by go env -w" "$says" "$("$sdk/bin/go" run .)"
rm -r "$HOME/.config/go"
expect_equal "with the user's linker flags" "$says" "$(GOFLAGS="$GOFLAGS -ldflags=-s" "$sdk/bin/go" run .)"
expect_equal "with the user's C flags" "${says/42/103}" "$(CGO_CFLAGS=-DEXTRA=100 "$sdk/bin/go" run .)"
expect_equal "with headers of the host" "$says" "$(CPATH=/usr/include C_INCLUDE_PATH=/usr/include LIBRARY_PATH=/usr/lib/x86_64-linux-gnu "$sdk/bin/go" run .)"
ok "what is set for the host's compiler counts for nothing; CGO_ENABLED=0 wins, and is told; flags are added"

mkdir -p "$T/host" && cd "$T/host"
printf 'module example.org/host\n\ngo 1.21\n' >go.mod
printf 'package main\n\n// #cgo pkg-config: onlyhere\n// int onlyhere(void);\nimport "C"\n\nfunc main() { println(C.onlyhere()) }\n' >main.go
mkdir -p "$T/hostlib/pkgconfig"
printf 'int onlyhere(void) { return 1; }\n' >"$T/onlyhere.c"
gcc -c "$T/onlyhere.c" -o "$T/onlyhere.o" && ar rc "$T/hostlib/libonlyhere.a" "$T/onlyhere.o"
printf 'Name: onlyhere\nVersion: 1\nDescription: x\nLibs: -L%s -lonlyhere\n' "$T/hostlib" >"$T/hostlib/pkgconfig/onlyhere.pc"
PKG_CONFIG_PATH=$T/hostlib/pkgconfig pkg-config --exists onlyhere || fail "the host's pkg-config does not find its own"
PKG_CONFIG_PATH=$T/hostlib/pkgconfig expect_exit 1 "$sdk/bin/go" build .
expect_match 'for linux/arm64 packages are looked for in /usr/.*aarch64-linux-gnu.*GOSTRAP_PKG_CONFIG_PATH adds directories'
expect_no_match 'Perhaps you should'
sed -i 's/pkg-config: onlyhere/LDFLAGS: -lonlyhere/' main.go
expect_exit 1 "$sdk/bin/go" build .
expect_match 'cannot find -lonlyhere'
expect_match 'libraries for linux/arm64 are looked for in .*aarch64-linux-gnu'
printf 'package main\n\n// #if __has_include(<zlib.h>) || __has_include(<gelf.h>)\n// #error of the host\n// #endif\nimport "C"\n\nfunc main() {}\n' >headers.go
[ -e /usr/include/zlib.h ] || fail "the host has no zlib.h to be seen"
expect_exit 0 "$sdk/bin/go" vet headers.go
expect_exit 0 "$sdk/bin/go" build -o headers headers.go
rm headers.go
ok "a library of the host alone is not found, by pkg-config or the linker, and where was looked is said"

# ---- a sysroot --------------------------------------------------------------------------------------------------------
mkdir -p "$T/root/usr/include" "$T/root/usr/lib/aarch64-linux-gnu/pkgconfig"
printf 'int onlyhere(void);\n' >"$T/root/usr/include/onlyhere.h"
aarch64-linux-gnu-gcc -shared -fPIC -Wl,-soname,libonlyhere.so.1 "$T/onlyhere.c" -o "$T/root/usr/lib/aarch64-linux-gnu/libonlyhere.so.1"
ln -s libonlyhere.so.1 "$T/root/usr/lib/aarch64-linux-gnu/libonlyhere.so"
printf 'prefix=/usr\nName: onlyhere\nVersion: 1\nDescription: x\nCflags: -I${prefix}/include\nLibs: -L${prefix}/lib/aarch64-linux-gnu -lonlyhere\n' \
  >"$T/root/usr/lib/aarch64-linux-gnu/pkgconfig/onlyhere.pc"
printf 'package main\n\n// #cgo pkg-config: onlyhere\n// #include <onlyhere.h>\nimport "C"\n\nfunc main() { println(C.onlyhere()) }\n' >main.go
beside=$(build 1.24.4 arm64 --sysroot "$T/root")
expect_exit 0 "$beside/bin/go" run .
expect_match '^1$' "$T/err"
ok "a sysroot without a C library is searched beside the compiler's own, at run time too"
cp -a /usr/aarch64-linux-gnu/. "$T/whole-root"
mkdir -p "$T/whole/usr" && mv "$T/whole-root" "$T/whole/usr/aarch64"
mv "$T/whole/usr/aarch64/include" "$T/whole/usr/include" && mkdir -p "$T/whole/usr/lib" "$T/whole/lib"
mv "$T/whole/usr/aarch64/lib" "$T/whole/usr/lib/aarch64-linux-gnu" && rm -r "$T/whole/usr/aarch64"
ln -s ../usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1 "$T/whole/lib/ld-linux-aarch64.so.1"
ln -s ../usr/lib/aarch64-linux-gnu "$T/whole/lib/aarch64-linux-gnu"
cp -a "$T/root/usr/." "$T/whole/usr/"
sed -i 's|/usr/aarch64-linux-gnu/lib/||g' "$T/whole/usr/lib/aarch64-linux-gnu/libc.so"
whole=$(build 1.24.4 arm64 --sysroot "$T/whole")
expect_match "\"path\": \"$T/whole/usr/lib/aarch64-linux-gnu/libc.so.6\"" "$whole/share/gostrap/manifest.json"
expect_no_match '"path": "/usr/aarch64-linux-gnu/lib/libc' "$whole/share/gostrap/manifest.json"
expect_exit 0 "$whole/bin/go" run .
expect_match '^1$' "$T/err"
rm "$T/whole/usr/lib/aarch64-linux-gnu/libc.so"
expect_exit 2 "$GOSTRAP" plan arm64 --sysroot "$T/whole" --release 1.24.4
expect_match 'it (links no program of one line|takes /usr/)' "$T/err"
ok "a sysroot with a C library is used alone, or refused"

# ---- the same bytes ---------------------------------------------------------------------------------------------------
cp -r "$T/one" "$T/two"
(cd "$T/one/hello" && "$sdk/bin/go" build -trimpath -o "$T/first" .)
(cd "$T/two/hello" && GOCACHE=$T/cache2 HOME=$T/two TMPDIR=$T/two "$sdk/bin/go" build -trimpath -o "$T/second" .)
cmp "$T/first" "$T/second"
expect_no_match "$T|/usr/lib/gcc" <(strings -a "$T/first")
ok "in two directories, with two caches: the same bytes, without a path of this machine"

# ---- static, musl, windows --------------------------------------------------------------------------------------------
cd "$T/one/hello"
static=$(build 1.24.4 arm64 --static 2>"$T/err")
expect_match 'static programs with glibc ask NSS' "$T/err"
expect_equal "what the static program says" "$says" "$("$static/bin/go" run -tags netgo,osusergo .)"
"$static/bin/go" build -tags netgo,osusergo -o hello .
expect_exit 0 "$GOSTRAP" inspect hello --expect static,cgo,linux/arm64
"$static/bin/go" build -buildmode=pie -tags netgo,osusergo -o hello .
expect_exit 0 "$GOSTRAP" inspect hello --expect static,pie,cgo
expect_exit 0 "$GOSTRAP" exec arm64 --static --release 1.24.4 -- ./hello
CGO_LDFLAGS='-Wl,-Bstatic -lm -Wl,-Bdynamic' CGO_LDFLAGS_ALLOW='.*' "$static/bin/go" build -tags netgo,osusergo -o hello .
expect_exit 0 "$GOSTRAP" inspect hello --expect static
ok "--static links statically, as -buildmode=pie does, whatever of it the flags ask to be dynamic"
rm twice.cc && sed -i -e '/^\/\/ int twice/d' -e 's/int(C.twice(21))/42/' hello.go
musl=$(build 1.24.4 amd64 --cc musl --static)
expect_equal "what the program says with musl" "$says" "$("$musl/bin/go" run .)"
"$musl/bin/go" build -o hello .
expect_exit 0 "$GOSTRAP" inspect hello --expect static,cgo,linux/amd64
expect_exit 1 "$musl/bin/go" build -buildmode=pie -o hello .
expect_match 'musl-gcc links nothing that is both static and position independent'
musl=$(build 1.24.4 amd64 --cc musl)
"$musl/bin/go" build -o hello .
expect_exit 0 "$GOSTRAP" inspect hello --expect dynamic,cgo,musl,interpreter=/lib/ld-musl-x86_64.so.1
ok "musl, static and dynamic"
windows=$(build 1.24.4 windows/amd64 --cgo 2>"$T/err")
expect_match 'take libstdc\+\+-6.dll' "$T/err"
"$windows/bin/go" build -trimpath -o hello.exe .
expect_exit 0 "$GOSTRAP" inspect hello.exe --expect cgo,windows/amd64
(cd "$T/two/hello" && rm twice.cc && cp "$T/one/hello/hello.go" . && GOCACHE=$T/cache2 "$windows/bin/go" build -trimpath -o "$T/second.exe" .)
cmp hello.exe "$T/second.exe"
ok "mingw: the same bytes twice"

# ---- other ports, tools, nested go commands ---------------------------------------------------------------------------
GOOS=linux GOARCH=riscv64 CGO_ENABLED=1 expect_exit 1 "$sdk/bin/go" build .
expect_match 'go_linux_arm64_cc: this SDK compiles C for linux/arm64, not for linux/riscv64: CGO_ENABLED=0'
mkdir "$T/gen" && cd "$T/gen"
printf 'module example.org/gen\n\ngo 1.24\n\ntool example.org/gen/tool\n' >go.mod
mkdir tool && printf 'package main\n\nimport (\n\t"net/http"\n\t"runtime"\n)\n\nfunc main() { println(runtime.GOARCH, http.MethodGet) }\n' >tool/main.go
expect_exit 0 env GOARCH=amd64 "$sdk/bin/go" run ./tool
expect_match '^amd64 GET$' "$T/err"
expect_exit 0 "$sdk/bin/go" tool tool
expect_match '^(amd64|arm64) GET$' "$T/err" # which of the two is up to the release
# below go generate and go test share/go's own go command is first on PATH, which knows of no other port's C
printf 'package gen\n\n//go:generate sh -c "GOARCH=amd64 CGO_ENABLED=0 go run ./tool"\n' >gen.go
expect_exit 0 "$sdk/bin/go" generate .
expect_match '^amd64 GET$' "$T/err"
printf 'package gen\n\n//go:generate sh -c "GOARCH=amd64 go run ./tool"\n' >gen.go
expect_exit 1 "$sdk/bin/go" generate .
expect_match 'this SDK compiles C for linux/arm64, not for linux/amd64: CGO_ENABLED=0 builds that without C'
expect_exit 0 env GOARCH=amd64 "$sdk/bin/go" run ./tool
ok "programs for this machine, and a module's tools, are made without C, or it is said how"

# ---- the compiler it is bound to --------------------------------------------------------------------------------------
mkdir "$T/bin"
printf '#!/bin/sh\nexec aarch64-linux-gnu-gcc "$@"\n' >"$T/bin/my-gcc" && chmod +x "$T/bin/my-gcc"
printf '#!/bin/sh\nexec aarch64-linux-gnu-g++ "$@"\n' >"$T/bin/my-g++" && chmod +x "$T/bin/my-g++"
cd "$T/one/hello"
mine=$(build 1.24.4 arm64 --cc "$T/bin/my-gcc")
"$mine/bin/go" build -trimpath -o hello .
printf '# another one\n' >>"$T/bin/my-gcc"
expect_exit 1 "$mine/bin/go" build -trimpath -o hello .
expect_match 'go_linux_arm64_cc: .*/my-gcc, or what belongs to it, is not what this SDK is bound to'
expect_match "gostrap build linux/arm64 --cgo --cc $T/bin/my-gcc makes an SDK with what is there then"
expect_exit 2 "$GOSTRAP" exec arm64 --cc "$T/bin/my-gcc" --release 1.24.4 -- go build .
expect_match 'it has one bound to .*, of which cc is another one now' "$T/err"
expect_match "Build it: gostrap build linux/arm64 --release 1.24.4 --cgo --cc $T/bin/my-gcc" "$T/err"
expect_exit 1 "$GOSTRAP" verify "$mine"
expect_match 'FAILED C compiler'
rm "$T/bin/my-gcc"
expect_exit 1 "$mine/bin/go" build -a .
expect_match "there is no $T/bin/my-gcc, to which this SDK is bound"
ok "a compiler that has changed, or is gone, is told by name, with the command that makes another SDK"

# What is bound to what this test has made is of no use to the next.
for path in "$beside" "$whole" "$mine"; do
  chmod -R u+w "$path" && rm -r "$path" "$GOSTRAP_STORE/provenance/${path##*/}.json"
done
