#!/usr/bin/env bash
# gostrap compiles where cxxopts was built with ICU, as nixpkgs builds it: its CMake target then carries a definition and a
# library, and bool converts to ICU's UnicodeString, of which cxxopts makes ranges.
# shellcheck source=tests/lib/preamble.sh
. "${GOSTRAP_SOURCE_DIR:?}/tests/lib/preamble.sh"
requires cmake ninja c++ pkg-config
icu=$(pkg-config --cflags icu-uc && pkg-config --libs icu-uc) || fail "there is no libicu-dev"

# The package as such a cxxopts installs it, around this machine's own header.
include=$(printf '#include <cxxopts.hpp>\n' | c++ -x c++ -E -M - | grep -oE '/[^ ]*/cxxopts\.hpp')
mkdir -p "$T/prefix/lib/cmake/cxxopts" "$T/prefix/include"
cp "$include" "$T/prefix/include/"
cat >"$T/prefix/lib/cmake/cxxopts/cxxopts-config.cmake" <<CMAKE
add_library(cxxopts::cxxopts INTERFACE IMPORTED)
set_target_properties(cxxopts::cxxopts PROPERTIES INTERFACE_COMPILE_DEFINITIONS CXXOPTS_USE_UNICODE
  INTERFACE_INCLUDE_DIRECTORIES "$T/prefix/include" INTERFACE_LINK_LIBRARIES "icuuc;icudata")
CMAKE
expect_exit 0 cmake -S "$GOSTRAP_SOURCE_DIR" -B "$T/build" -G Ninja -DGOSTRAP_TESTS=OFF -DCMAKE_BUILD_TYPE=Debug \
  "-DCMAKE_PREFIX_PATH=$T/prefix"
ninja -C "$T/build" -t commands gostrap >"$T/commands"
expect_match "$T/prefix/include" "$T/commands"
ok "CMake takes that cxxopts"

# the files that took a bool for a range
objects=()
for name in bazel release list; do objects+=("src/CMakeFiles/gostrap_cli.dir/cli/$name.cpp.o"); done
expect_exit 0 ninja -C "$T/build" "${objects[@]}"
ok "and its definition does no harm"

expect_no_match 'icuuc' "$T/commands"
ok "nor does the program depend on ICU, which it does not use"

# Whoever compiles by hand with the definition (pkg-config gives it) is no worse off.
for name in build plan proof; do
  # shellcheck disable=SC2086 # words
  expect_exit 0 c++ -std=c++20 -fsyntax-only -DCXXOPTS_USE_UNICODE "-I$GOSTRAP_SOURCE_DIR/src" ${icu//-l*/} \
    "$GOSTRAP_SOURCE_DIR/src/cli/$name.cpp"
done
ok "also where only the compiler is told of the definition"
