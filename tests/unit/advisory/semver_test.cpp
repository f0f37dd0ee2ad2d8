#include "advisory/semver.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE("versions are in the order of semantic versioning") {
  const std::vector<std::string> in_order{"0.0.0-20190802080134-634605d06e73",
                                          "0.0.0-20230119093715-30f75d79e424",
                                          "0.0.0",
                                          "1.2.0-0",
                                          "1.2.0-2",
                                          "1.2.0-10",
                                          "1.2.0-alpha",
                                          "1.2.0-alpha.1",
                                          "1.2.0-beta.1",
                                          "1.2.0-rc.1",
                                          "1.2.0-rc.2",
                                          "1.2.0-rc.10",
                                          "1.2.0",
                                          "1.2.1",
                                          "1.10.0",
                                          "2.0.0+incompatible",
                                          "10.0.0",
                                          "99999999999999999999.0.0",
                                          "100000000000000000000.0.0"};
  for (std::size_t i = 0; i + 1 < in_order.size(); ++i) {
    CAPTURE(in_order[i]);
    CAPTURE(in_order[i + 1]);
    CHECK(*parse_semver(in_order[i]) < *parse_semver(in_order[i + 1]));
  }
}

TEST_CASE("what follows + does not count, nor do a v before it and parts that are left out") {
  CHECK(*parse_semver("v2.0.0+incompatible") == *parse_semver("2.0.0"));
  CHECK(*parse_semver("1.7") == *parse_semver("1.7.0"));
  CHECK(*parse_semver("1.0.0-rc.1+dirty") == *parse_semver("1.0.0-rc.1"));
}

TEST_CASE("what is no version is none") {
  for (const char* text : {"", "v", "devel", "(devel)", "1.2.3.4", "1..2", "1.2.3-", "1.2.3-a..b", "-1",
                           "1.x", "1.2.3-a b", "go1.24.4", "+1"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_semver(text));
  }
  CHECK_FALSE(parse_semver(std::string(300, '1')));
}

TEST_CASE("Go's candidates are pre-releases") {
  const auto go = [](const char* text) { return semver_of(*parse_version(text)); };
  CHECK(go("1.24.4") == *parse_semver("1.24.4"));
  CHECK(go("1.24rc1") == *parse_semver("1.24.0-rc.1"));
  CHECK(go("1.18beta2") == *parse_semver("1.18.0-beta.2"));
  CHECK(go("1.25rc1") > *parse_semver("1.25.0-0"));
  CHECK(go("1.25rc1") < go("1.25.0"));
}
