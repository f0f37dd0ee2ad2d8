#include "bundle/volumes.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE("a size is a number, with a unit or without") {
  CHECK(parse_size("4096") == 4096U);
  CHECK(parse_size("5k") == 5000U);
  CHECK(parse_size("4K") == 4096U);
  CHECK(parse_size("650M") == 650U * 1024 * 1024);
  CHECK(parse_size("2G") == std::uint64_t{2} * 1024 * 1024 * 1024);
}

TEST_CASE("what is no size, nothing, or beyond all media is none") {
  for (const std::string text : {"", "0", "0M", "M", "1T", "1.5G", "-1", " 1", "1 M", "1MB", "1000000000"}) {
    CAPTURE(text);
    CHECK(!parse_size(text));
  }
}
