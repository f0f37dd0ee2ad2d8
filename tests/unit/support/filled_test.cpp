#include "support/filled.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace gostrap;

TEST_CASE("values stand where their names stood, as often as they did") {
  CHECK(filled("#!/bin/sh\n# @port@\nGOOS=@goos@ x@goos@-static\n",
               {{"port", "linux/arm"}, {"goos", "'linux'"}}) ==
        "#!/bin/sh\n# linux/arm\nGOOS='linux' x'linux'-static\n");
  CHECK(filled("", {}).empty());
  CHECK(filled("@a@", {{"a", ""}}).empty());
}

TEST_CASE("what only looks like a name stays") {
  for (const char* text : {"exec \"$@\" \"$@\"\n", "@media (x) { }\n",
                           "load(\"@rules_go//go:a.bzl\", \"@b\")", "go@V@", "@", "@@", "a@b.c@d"}) {
    CHECK(filled(text, {}) == text);
  }
  CHECK(filled("\"@@repository@//:VERSION\"", {{"repository", "go"}}) == "\"@go//:VERSION\"");
}

TEST_CASE("a name with a line of its own stands for whole lines, or for none") {
  const char* const text = "a\n@rest@\nb\n";
  CHECK(filled(text, {{"rest", "1\n2\n"}}) == "a\n1\n2\nb\n");
  CHECK(filled(text, {{"rest", "1"}}) == "a\n1\nb\n");
  CHECK(filled(text, {{"rest", ""}}) == "a\nb\n");
  CHECK(filled("@rest@\n", {{"rest", ""}}).empty());
  CHECK(filled("x @rest@\n@rest@ y\n", {{"rest", "1\n"}}) == "x 1\n\n1\n y\n");  // no line of its own
}

TEST_CASE("what is put in is not looked at again") {
  CHECK(filled("@a@ @b@", {{"a", "@b@"}, {"b", "@c@"}}) == "@b@ @c@");
}

TEST_CASE("a name without a value and a value without a name are mistakes") {
  CHECK_THROWS_WITH_AS(filled("@a@ @b@", {{"a", "1"}}), "there is no value for @b@", std::logic_error);
  CHECK_THROWS_WITH_AS(filled("@a@", {{"a", "1"}, {"b", "2"}}), "no text stands at @b@", std::logic_error);
}
