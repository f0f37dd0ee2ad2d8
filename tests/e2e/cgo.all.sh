#!/usr/bin/env bash
# SDKs that compile C, the long rest: Windows' programs with Wine, clang, sanitizers, libraries that C programs load, and the same
# bytes for two users.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/real-go.sh"
requires aarch64-linux-gnu-gcc aarch64-linux-gnu-g++ powerpc64le-linux-gnu-gcc s390x-linux-gnu-gcc x86_64-w64-mingw32-gcc \
  x86_64-w64-mingw32-g++ musl-gcc clang qemu-aarch64 setpriv
export GOCACHE=${GOSTRAP_TEST_GOCACHE:-$T/cache} GOFLAGS=-buildvcs=false GOPROXY=off WINEPREFIX=$T/wine
# Wine's server outlives its programs, and holds its directory.
stop_servers() {
  local server
  for server in /usr/lib/wine/wineserver64 /usr/lib/wine/wineserver; do
    if [ -x "$server" ] && "$server" -k -w; then return; fi
  done
}

sdk_of() { build 1.24.4 "$@" 2>"$T/said" || { cat "$T/said" >&2 && return 1; }; }
arm64=$(sdk_of arm64 --cgo)
amd64=$(sdk_of amd64 --cgo)
windows=$(sdk_of windows/amd64 --cgo)

# ---- Windows ----------------------------------------------------------------------------------------------------------
mkdir -p "$T/hello" && cd "$T/hello"
printf 'module example.org/hello\n\ngo 1.21\n' >go.mod
cat >hello.go <<'GO'
package main

// #include <math.h>
// #cgo LDFLAGS: -lm
// int thrown(int number);
import "C"

import "fmt"

func Thrown(number int) int { return int(C.thrown(C.int(number))) }

func main() { fmt.Println("C++ says", Thrown(21), float64(C.sqrt(16))) }
GO
cat >thrown.cc <<'CC'
#include <stdexcept>
#include <string>
extern "C" int thrown(int number) {
  try {
    throw std::runtime_error(std::to_string(2 * number));
  } catch (const std::exception &error) {
    return std::stoi(error.what());
  }
}
CC
cat >hello_test.go <<'GO'
package main

import "testing"

func TestThrown(t *testing.T) {
	if Thrown(4) != 8 {
		t.Fatal("no")
	}
}
GO
expect_exit 0 "$windows/bin/go" run .
expect_match '^C\+\+ says 42 4.?$' "$T/out"
[ -e "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" ] || fail "Wine has no bcryptprimitives.dll"
expect_exit 0 "$windows/bin/go" test -count=1 .
expect_match '^ok '
expect_equal "what is said of Wine the second time" "" "$(cat "$T/err")"
"$windows/bin/go" build -o hello.exe .
expect_exit 0 "$GOSTRAP" inspect hello.exe --expect cgo,windows/amd64,needs=libstdc++-6.dll
ok "windows/amd64: C++, its exceptions and its DLLs with Wine, in go run and go test"
static=$(sdk_of windows/amd64 --static)
expect_exit 0 "$static/bin/go" run .
expect_match '^C\+\+ says 42 4.?$' "$T/out"
"$static/bin/go" build -o hello.exe .
objdump -p hello.exe | grep 'DLL Name' >"$T/dlls"
expect_no_match 'libstdc|libgcc' "$T/dlls"
ok "windows/amd64 --static: without the DLLs of the compiler"

# ---- clang ------------------------------------------------------------------------------------------------------------
clang=$(sdk_of arm64 --cc clang)
expect_exit 0 "$clang/bin/go" run .
expect_match '^C\+\+ says 42 4$' "$T/out"
expect_exit 0 "$clang/bin/go" test -count=1 .
"$clang/bin/go" build -trimpath -o clang .
expect_exit 0 "$GOSTRAP" inspect clang --expect dynamic,cgo,glibc,needs=libstdc++.so.6,linux/arm64
expect_match 'clang version' <(strings -a clang)
ok "arm64 by clang: C and C++, through QEMU"

# ---- the race detector ------------------------------------------------------------------------------------------------
mkdir -p "$T/race" && cd "$T/race"
printf 'module example.org/race\n\ngo 1.21\n' >go.mod
cat >race.go <<'GO'
package main

// static int one(void) { return 1; }
import "C"

import "fmt"

func main() {
	n, done := 0, make(chan bool)
	go func() { n += int(C.one()); done <- true }()
	n += int(C.one())
	<-done
	fmt.Println("finished")
}
GO
printf 'package main\n\nimport "testing"\n\nfunc TestIt(t *testing.T) { main() }\n' >race_test.go

# finds_the_race SDK: under go test and as a program
finds_the_race() {
  expect_exit 1 "$1/bin/go" test -race -count=1 .
  expect_match 'WARNING: DATA RACE'
  expect_match '^FAIL'
  expect_exit 0 "$1/bin/go" build -race -o race .
  expect_exit 66 "${2:-env}" ./race
  expect_match 'WARNING: DATA RACE'
}
for words in '--cgo' '--static' '--cc clang' '--cc musl' '--cc musl --static'; do
  read -ra words <<<"$words"
  finds_the_race "$(sdk_of amd64 "${words[@]}")"
  ok "amd64 ${words[*]}: -race finds the race"
done
expect_exit 1 "$windows/bin/go" test -race -count=1 .
expect_match 'WARNING: DATA RACE'
ok "windows/amd64: -race finds the race with Wine"
# Go's own tests of the race detector, with a C library that is not the one its part in C was compiled for
expect_exit 0 "$(sdk_of amd64 --cc musl --static)/bin/go" test -race -count=1 -short runtime/race sync
ok "amd64 --cc musl --static: Go's own tests of the race detector pass"

# what QEMU cannot run: it is said, and go test does not take it for a success
for port in linux/arm64 linux/ppc64le; do
  sdk=$(sdk_of "$port" --cgo)
  expect_exit 1 "$sdk/bin/go" test -race -count=1 .
  expect_match "go_${port/\//_}_exec: -race of $port does not run under QEMU"
  expect_exit 0 "$sdk/bin/go" test -count=1 .
  ok "$port: -race is refused where QEMU would run it"
done
sdk=$(sdk_of linux/s390x --cgo)
expect_exit 1 "$sdk/bin/go" test -race -count=1 .
expect_match 'ThreadSanitizer failed to allocate'
ok "linux/s390x: ThreadSanitizer itself says that it gets no memory from QEMU"
expect_exit 2 "$(sdk_of linux/riscv64 --cgo)/bin/go" build -race .
expect_match '-race is not supported on linux/riscv64'
ok "linux/riscv64: before Go 1.26 the go command says that it has none"

# ---- sanitizers of C --------------------------------------------------------------------------------------------------
mkdir -p "$T/sanitizers" && cd "$T/sanitizers"
printf 'module example.org/sanitizers\n\ngo 1.21\n' >go.mod
cat >main.go <<'GO'
package main

/*
#include <stdio.h>
#include <stdlib.h>
static int freed(void) { volatile int *p = malloc(4); *p = 1; free((void *)p); return *p; }
static int unset(void) { volatile int *p = malloc(4); if (*p == 12345) puts("equal"); return 1; }
*/
import "C"

import "os"

func main() {
	if os.Args[1] == "asan" {
		C.freed()
	} else {
		C.unset()
	}
}
GO
# finds SANITIZER WHAT SDK [WRAPPER]
finds() {
  expect_exit 0 "$3/bin/go" build "-$1" -o program .
  expect_exit 1 "${4:-env}" ./program "$1"
  expect_match "$2"
}
# refuses SANITIZER SENTENCE SDK
refuses() {
  expect_exit 1 "$3/bin/go" build "-$1" -o program .
  expect_match "$2"
}
native_clang=$(sdk_of amd64 --cc clang)
finds asan heap-use-after-free "$amd64"
finds asan heap-use-after-free "$native_clang"
finds asan heap-use-after-free "$arm64" "$arm64/bin/go_linux_arm64_exec"
finds msan use-of-uninitialized-value "$native_clang"
ok "-asan with gcc and clang, for arm64 through QEMU too, and -msan with clang find what they are for"
refuses msan "cc: -msan is clang's alone" "$amd64"
refuses msan "cc: -msan is clang's alone" "$arm64"
refuses asan 'cc: -asan needs glibc' "$(sdk_of amd64 --cc musl)"
refuses asan 'cc: -asan links no static program' "$(sdk_of amd64 --static)"
refuses msan 'cc: -msan makes static programs that crash' "$(sdk_of amd64 --cc clang --static)"
[ -e "$(clang -print-resource-dir)/lib/linux/libclang_rt.msan-aarch64.a" ] || refuses msan 'cannot find .*libclang_rt.msan-aarch64.a' "$clang"
expect_exit 2 "$windows/bin/go" build -asan .
expect_match '-asan is not supported on windows/amd64'
ok "where they would not work they are refused"

# ---- libraries for C --------------------------------------------------------------------------------------------------
mkdir -p "$T/library/host" "$T/loads" && cd "$T/library"
printf 'module example.org/library\n\ngo 1.21\n' >go.mod
cat >library.go <<'GO'
package main

import "C"

import "fmt"

//export Twice
func Twice(n C.int) C.int {
	fmt.Println("Go was given", n)
	return 2 * n
}

func Answer() int { return 42 }

func main() {}
GO
cat >host/host.go <<'GO'
package main

import (
	"fmt"
	"os"
	"plugin"
)

func main() {
	opened, err := plugin.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	answer, err := opened.Lookup("Answer")
	fmt.Println(answer.(func() int)(), err)
}
GO
printf '#include <stdio.h>\n#include "library.h"\nint main(void) { printf("C got %%d\\n", Twice(21)); return 0; }\n' >"$T/loads/loads.c"
# loaded_by_c SDK PORT RUN…
loaded_by_c() {
  local sdk=$1 port=${2//\//_} mode library
  shift 2
  for mode in c-shared c-archive; do
    case $mode:$port in
      c-archive:*) library=$T/loads/library.a ;;
      *:windows_*) library=$T/loads/library.dll ;;
      *) library=$T/loads/library.so ;;
    esac
    "$sdk/bin/go" build -buildmode=$mode -o "$library" .
    "$sdk/bin/go_${port}_cc" -o "$T/loads/loads.exe" "$T/loads/loads.c" "$library" -pthread
    expect_exit 0 "$@" "$T/loads/loads.exe"
    expect_match '^Go was given 21'
    expect_match '^C got 42'
  done
  ok "$port: a C program that has a library of Go in it, or beside it"
}
loaded_by_c "$amd64" linux/amd64 env LD_LIBRARY_PATH="$T/loads"
loaded_by_c "$arm64" linux/arm64 env QEMU_SET_ENV="LD_LIBRARY_PATH=$T/loads" "$arm64/bin/go_linux_arm64_exec"
loaded_by_c "$windows" windows/amd64 "$windows/bin/go_windows_amd64_exec"
loaded_by_c "$clang" linux/arm64 env QEMU_SET_ENV="LD_LIBRARY_PATH=$T/loads" "$clang/bin/go_linux_arm64_exec"
for sdk in "$amd64" "$arm64"; do
  "$sdk/bin/go" build -buildmode=plugin -o plugin.so .
  expect_exit 0 "$sdk/bin/go" run ./host "$PWD/plugin.so"
  expect_match '^42 <nil>$'
done
expect_exit 1 "$windows/bin/go" build -buildmode=plugin .
expect_match '-buildmode=plugin not supported on windows/amd64'
ok "plugins are loaded by programs of their port, arm64's through QEMU"

# ---- the same for another user ----------------------------------------------------------------------------------------
chmod 755 "$T"
mkdir -p "$T/one" "$T/two/deeper" "$T/home of another" && chmod 777 "$T/two/deeper" "$T/home of another"
cp -r "$T/hello" "$T/one" && cp -r "$T/hello" "$T/two/deeper" && chmod -R a+rwX "$T/two/deeper"
another_user() {
  if [ "$(id -u)" = 0 ]; then set -- setpriv --reuid=12345 --regid=12345 --clear-groups "$@"; fi
  env HOME="$T/home of another" TMPDIR="$T/home of another" GOCACHE="$T/home of another/cache" LANG=C.UTF-8 "$@"
}
for each in "$arm64" "$clang" "$windows"; do
  # a store may lie where only its owner can look
  sdk=$T/${each##*/}
  cp -r "$each" "$sdk"
  for flags in -ldflags=-s -ldflags=; do
    (cd "$T/one/hello" && "$each/bin/go" build -trimpath "$flags" -o "$T/first" .)
    (cd "$T/two/deeper/hello" && umask 077 && another_user "$sdk/bin/go" build -trimpath "$flags" -o program .)
    cmp "$T/first" "$T/two/deeper/hello/program"
  done
  expect_no_match "$T|/usr/lib/gcc|^/root|$HOME" <(strings -a "$T/first")
  ok "$(basename "$each"): the same bytes for another user, in another directory, with another copy of the SDK"
done
