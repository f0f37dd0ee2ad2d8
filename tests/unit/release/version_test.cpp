#include "release/version.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace gostrap;

namespace {

Version version(const std::string& text) {
  const std::optional<Version> parsed = parse_version(text);
  REQUIRE_MESSAGE(parsed, text);
  return *parsed;
}

}  // namespace

TEST_CASE("versions as tags and files spell them") {
  CHECK(version("1.24.4").text() == "1.24.4");
  CHECK(version("go1.24.4") == version("1.24.4"));
  CHECK(version("1.25rc1").text() == "1.25rc1");
  CHECK(version("1.25rc0").text() == "1.25rc0");
  CHECK(version("1.18beta2").text() == "1.18beta2");
  CHECK(version("1.20") == version("1.20.0"));
  CHECK(version("1.20").text() == "1.20");    // go1.20 was tagged so,
  CHECK(version("1.21").text() == "1.21.0");  // go1.21.0 so
  CHECK(version("1.24").patch == 0);
}

TEST_CASE("versions are ordered as they came out") {
  const std::vector<std::string> order{"1.4",    "1.17.13", "1.18beta1", "1.18beta2", "1.18rc1",  "1.18",
                                       "1.18.1", "1.18.9",  "1.18.10",   "1.21rc2",   "1.21rc10", "1.21.0",
                                       "1.22.6", "1.24.4",  "1.24.9",    "1.24.10",   "1.27.1",   "2.0"};
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    CAPTURE(order[i]);
    CHECK(version(order[i]) < version(order[i + 1]));
  }
}

TEST_CASE("what is no version") {
  for (const std::string text :
       {"",         "go",         "1",           "go1",     "1.",       "1.x",      "x1.2",
        "1.24.",    "1.24.4.1",   "1.24.4 ",     " 1.24.4", "1.24.4\n", "v1.24.4",  "1.24rc",
        "1.24-rc1", "1.24rc1000", "1.-24",       "1.+24",   "-1.24",    "1.999999", "99999999999999999999.1",
        "Go1.24",   "gogo1.24",   "1.24.4/../x", "01.24",   "1.024",    "1.24.04"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_version(text));
  }
}

TEST_CASE("the version in what go says about itself") {
  CHECK(find_version("go version go1.23.5 linux/amd64") == parse_version("1.23.5"));
  CHECK(find_version("go version go1.18 gccgo (Debian 12.2.0-14) 12.2.0 linux/amd64") ==
        parse_version("1.18"));
  CHECK(find_version("go version devel go1.25-a1b2c3 Tue linux/amd64") == parse_version("1.25"));
  CHECK(find_version("go1.24.4\ntime 2025-06-02T17:22:16Z\n") == parse_version("1.24.4"));
  CHECK(find_version("go version go1.25rc1 X:nocoverageredesign linux/amd64") == parse_version("1.25rc1"));
  CHECK_FALSE(find_version("go version unknown linux/amd64"));
  CHECK_FALSE(find_version("cargo1.2.3"));
  CHECK_FALSE(find_version("bash: go: command not found"));
  CHECK_FALSE(find_version(""));
}
