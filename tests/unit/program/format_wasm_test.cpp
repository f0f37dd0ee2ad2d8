#include "program/format_wasm.hpp"

#include "program/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("nothing in a section of WebAssembly leads beyond it") {
  // its data claim a segment that the next section holds
  const std::string data = std::string("\x01\0\x41\x10\x0b", 5) + std::string(1, '\x20');
  const std::string bytes = std::string("\0asm\1\0\0\0", 8) + '\x0b' + counted(data) + std::string(1, '\0') +
                            counted(counted("x") + std::string(60, 'y'));
  CHECK(contains(refusal(bytes), "leads outside of itself"));
}
