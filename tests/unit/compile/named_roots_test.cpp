#include "compile/named_roots.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {

NamedRoots sample() {
  NamedRoots roots;
  roots.add("SDK", "/go");
  roots.add("SRC", "/go/src/mine");
  return roots;
}

}  // namespace

TEST_CASE("a path is named by the longest root that fits, and leads back") {
  CHECK(sample().symbolic("/go/bin/go") == "${SDK}/bin/go");
  CHECK(sample().symbolic("/go") == "${SDK}");
  CHECK(sample().symbolic("/gone") == "/gone");
  CHECK(sample().symbolic("/go/src/mine/a.go") == "${SRC}/a.go");
  CHECK(sample().actual("${SRC}/a.go=>x;${SDK}=>") == "/go/src/mine/a.go=>x;/go=>");
}

TEST_CASE("dollars of others mean themselves") {
  CHECK(sample().symbolic("/go/$x/${SDK}") == "${SDK}/$$x/$${SDK}");
  CHECK(sample().actual(sample().symbolic("/go/$x/${SDK}")) == "/go/$x/${SDK}");
  CHECK(sample().actual(literal("a$$b$")) == "a$$b$");
}

TEST_CASE("a root that is none is refused") {
  CHECK(
      testing::contains(testing::error_of([] { static_cast<void>(sample().actual("${HOME}/x")); }), "HOME"));
  CHECK_FALSE(testing::error_of([] { static_cast<void>(sample().actual("$x")); }).empty());
}
