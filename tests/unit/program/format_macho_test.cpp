#include "program/format_macho.hpp"

#include "program/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("sections of a Mach-O program lie within the load command that has them") {
  std::string bytes = number(0xfeedfacf, 4) + number(0x01000007, 4) + number(3, 4) + number(2, 4) +
                      number(1, 4) + number(80, 4) + number(0, 8);
  bytes +=
      number(0x19, 4) + number(80, 4) + std::string(56, '\0') + number(10'000, 4) + std::string(2000, '\0');
  CHECK(contains(refusal(bytes), "smaller than it says"));
}
