#include "program/memory.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE("memory is read over pieces, with zeros between them") {
  const std::vector<MemoryPiece> pieces{{100, "abc"}, {105, "de"}};
  const Memory memory(pieces);
  CHECK(memory.read(101, 6) == std::string("bc\0\0de", 6));
  CHECK(memory.read(99, 2) == std::string("\0a", 2));
  CHECK_FALSE(memory.read(200, 1).has_value());
  CHECK_FALSE(memory.read(103, 2).has_value());
}

TEST_CASE("a text stands behind its length, which is bounded") {
  const std::vector<MemoryPiece> pieces{{0,
                                         "\x03"
                                         "one\x02xy\xff\xff\xff\xff\x7f"}};
  const Memory memory(pieces);
  std::uint64_t address = 0;
  CHECK(memory.text(address) == "one");
  CHECK(address == 4);
  CHECK(memory.text(address) == "xy");
  CHECK_FALSE(memory.text(address).has_value());
}
