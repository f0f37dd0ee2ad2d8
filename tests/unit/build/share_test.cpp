#include "build/share.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE("two steps at a time keep two processors busy; memory bounds how many there are") {
  constexpr std::uint64_t giga = 1'000'000'000;
  CHECK(share_out(1, 24 * giga).workers == 1);
  CHECK(share_out(2, 24 * giga).workers == 2);
  CHECK(share_out(2, 24 * giga).processors == 2);
  CHECK(share_out(2, 3 * giga).workers == 1);
  CHECK(share_out(2, 0).workers == 1);
  CHECK(share_out(64, 1000 * giga).workers == 32);
  CHECK(share_out(64, 1000 * giga).processors == 4);
  CHECK(share_out(64, 5 * giga).workers == 2);
  CHECK(share_out(64, 5 * giga).processors == 64);
}
