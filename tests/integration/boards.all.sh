#!/usr/bin/env bash
# gostrap on a board: compiled for linux/arm64 and linux/riscv64 against Debian 13's libraries, it passes its unit tests and
# the bundles' under QEMU.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
requires aarch64-linux-gnu-g++ riscv64-linux-gnu-g++ qemu-aarch64 qemu-riscv64
boards=${GOSTRAP_TEST_BOARDS:?the directory of what tests/lib/board.sh unpacks, see tests/run}
chmod 755 "$T" "$T/tmp" # some tests go on as nobody

# on_board ARCHITECTURE MACHINE
on_board() {
  local root=$T/root-$1 libraries emulator
  [ -d "$boards/$1/root" ] || fail "there is no $boards/$1/root: tests/lib/board.sh $1 $boards/$1 gets it"
  cp -a "$boards/$1/root" "$root"
  libraries=$root/usr/lib/$2-linux-gnu
  # by its path: tests put other ones first on PATH
  emulator="$(command -v "qemu-$2");-L;$root"
  PKG_CONFIG_LIBDIR=$libraries/pkgconfig:$root/usr/share/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root \
    cmake -G Ninja -S "$GOSTRAP_SOURCE_DIR" -B "$T/$1" -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR="$2" \
    -DCMAKE_BUILD_TYPE=Light -DCMAKE_CXX_FLAGS_LIGHT="-O1 -g1" -DCMAKE_CXX_COMPILER="$2-linux-gnu-g++" \
    -DCMAKE_SYSROOT="$root" -DCMAKE_FIND_ROOT_PATH="$root" -DCMAKE_FIND_ROOT_PATH_MODE_PROGRAM=NEVER \
    -DCMAKE_FIND_ROOT_PATH_MODE_LIBRARY=ONLY -DCMAKE_FIND_ROOT_PATH_MODE_INCLUDE=ONLY \
    -DCMAKE_FIND_ROOT_PATH_MODE_PACKAGE=ONLY -DCMAKE_EXE_LINKER_FLAGS="-B$libraries -L$libraries" \
    -DCMAKE_CROSSCOMPILING_EMULATOR="$emulator"
  cmake --build "$T/$1" --target gostrap unit_tests
  # the scripts' fake Go is one that runs there
  GOSTRAP_TEST_MACHINE=$2 ctest --test-dir "$T/$1" -j "$(nproc)" --output-on-failure --no-tests=error \
    -R '^(unit/|integration/bundle)' -E '^unit/support/process$'
  # QEMU 7.2 has no PR_SET_CHILD_SUBREAPER, by which orphans are found
  "qemu-$2" -L "$root" "$T/$1/tests/unit_tests" --no-colors --source-file='*/unit/support/process*' \
    --test-case-exclude='a time limit ends the whole group*,children left behind*'
  ok "linux/$1"
}

on_board arm64 aarch64
on_board riscv64 riscv64
