#!/usr/bin/env bash
# What C and C++ are compiled for: every port that this machine has a cross compiler for, dynamic and static, built and run.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
# shellcheck source=tests/lib/real-go.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/real-go.sh"
requires i686-linux-gnu-g++ arm-linux-gnueabihf-g++ mips-linux-gnu-g++ mipsel-linux-gnu-g++ mips64-linux-gnuabi64-g++ \
  mips64el-linux-gnuabi64-g++ powerpc64le-linux-gnu-g++ riscv64-linux-gnu-g++ s390x-linux-gnu-g++ \
  i686-w64-mingw32-g++ qemu-arm qemu-mips qemu-s390x
export GOCACHE=${GOSTRAP_TEST_GOCACHE:-$T/cache} GOFLAGS=-buildvcs=false GOPROXY=off WINEPREFIX=$T/wine

mkdir -p "$T/hello" && cd "$T/hello"
printf 'module example.org/hello\n\ngo 1.21\n' >go.mod
cat >hello.go <<'GO'
package main

// int thrown(int number);
import "C"

import (
	"fmt"
	"os/user"
	"runtime"
)

func main() {
	_, err := user.Lookup("nobody-of-that-name")
	fmt.Println("C++ says", C.thrown(21), "on", runtime.GOARCH, err != nil)
}
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

# tried PORT MODE RUN: RUN is what go run is to say, or "not run: SENTENCE"
tried() {
  local port=$1 mode=$2 runs=$3 sdk expected
  sdk=$(build 1.24.4 "$port" --cgo ${mode:+"$mode"} 2>"$T/said") || { cat "$T/said" && fail "there is no SDK of $port $mode"; }
  "$sdk/bin/go" build -trimpath -o program .
  case $port:$mode in
    windows/*) expected=cgo ;;
    *:--static) expected=cgo,static ;;
    *) expected=cgo,dynamic,glibc ;;
  esac
  expect_exit 0 "$GOSTRAP" inspect program --expect "$expected,$port"
  case $runs in
    'not run: '*)
      if "$sdk/bin/go" run . >"$T/out" 2>&1; then fail "$port $mode runs, where it was said that it does not"; fi
      expect_match "${runs#not run: }" "$T/out"
      ok "$port ${mode:-dynamic}: built, and not run: ${runs#not run: }"
      ;;
    *)
      expect_exit 0 "$sdk/bin/go" run .
      expect_match "^C\\+\\+ says 42 on ${port#*/} true" "$T/out"
      ok "$port ${mode:-dynamic}: built, and run"
      ;;
  esac
}

for port in linux/386 linux/arm linux/mips linux/mipsle linux/mips64 linux/mips64le linux/ppc64le linux/riscv64 linux/s390x; do
  for mode in '' --static; do tried "$port" "$mode" yes; done
done
for mode in '' --static; do
  if ls /usr/lib/wine/wine /usr/lib/wine/wineserver32 >/dev/null 2>&1; then
    tried windows/386 "$mode" yes
  else
    tried windows/386 "$mode" 'not run: wine32'
  fi
done
