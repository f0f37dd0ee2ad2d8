#include "program/format_pe.hpp"

#include "program/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("sections of PE that lie one over the other are bounded by the size of the file") {
  std::string pe(4000, '\0');
  pe.replace(0, 2, "MZ");
  pe.replace(0x3c, 4, number(0x80, 4));
  pe.replace(0x80, 4, std::string("PE\0\0", 4));
  pe.replace(0x84, 2, number(0x8664, 2)).replace(0x86, 2, number(40, 2)).replace(0x94, 2, number(240, 2));
  pe.replace(0x98, 2, number(0x20b, 2));
  for (unsigned i = 0; i < 40; ++i)
    pe.replace(0x98 + 240 + 40 * i, 40,
               ".data" + std::string(3, '\0') + number(4000, 4) + number(0, 4) + number(4000, 4) +
                   number(0, 4) + std::string(16, '\0'));
  CHECK(contains(refusal(pe), "lie one over the other"));
}
