#include "program/find_build_info.hpp"

#include "program/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("build information that is damaged is said to be, and of old Go is not read") {
  std::string why;
  const auto read = [&](const std::string& bytes) { return find_build_info({{0x1000, bytes}}, why); };
  CHECK(read(build_header("path\tx\n")));
  CHECK_FALSE(read("nothing"));
  CHECK(contains(why, "no build information"));
  std::string old = build_header("path\tx\n");
  old[15] = 0;
  CHECK_FALSE(read(old));
  CHECK(contains(why, "1.17"));
  CHECK_FALSE(read(build_header("path\tx\n").substr(0, 34)));
  CHECK_FALSE(read(build_header("=>\tx\ty\n")));
  CHECK(contains(why, "damaged"));
}
