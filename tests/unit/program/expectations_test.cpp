#include "program/expectations.hpp"

#include "program/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("expectations that are not met say what is so") {
  const ProgramFacts facts = read_program(
      elf(62, build_header("path\tx\nbuild\t-trimpath=true\nbuild\tGOOS=linux\nbuild\tGOAMD64=v1\n")), "p");
  CHECK(unmet_expectations(
            facts, {"static", "stripped", "trimmed", "linux/amd64", "GOAMD64=v1", "go1.24.4", "no-pie"})
            .empty());
  CHECK(unmet_expectations(facts, {"dynamic", "amd64=1", "linux/arm64", "GOAMD64=v3", "go1.25.0"}) ==
        std::vector<std::string>{"dynamic: it is static", "amd64=1: it is not set",
                                 "linux/arm64: it is for linux/amd64", "GOAMD64=v3: it is GOAMD64=v1",
                                 "go1.25.0: go1.24.4"});
  CHECK(contains(error_of([&] { unmet_expectations(facts, {"statik"}); }), "did you mean static?"));
}

TEST_CASE("a level that no Go has is not asked for") {
  const ProgramFacts facts = read_program(elf(62, build_header("path\tx\nbuild\tGOAMD64=v5\n")), "p");
  const std::string error = error_of([&] { unmet_expectations(facts, {"GOAMD64=v5"}); });
  CHECK(contains(error, "there is no GOAMD64=v5: GOAMD64 is v1, v2, v3 or v4"));
  CHECK(why_no_such_level("GOARM64", "v9.5,lse").empty());
  CHECK(why_no_such_level("GOARM", "7,softfloat").empty());
  CHECK_FALSE(why_no_such_level("GOARM64", "v8.0,nosuch").empty());
  CHECK(why_no_such_level("CGO_ENABLED", "7").empty());
}
