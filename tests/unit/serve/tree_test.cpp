#include "serve/tree.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <string_view>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a path is decoded once, and only what is a path") {
  CHECK(decoded_path("/example.com/!dep/@v/list") == "example.com/!dep/@v/list");
  CHECK(decoded_path("/a%40b%2Fc") == "a@b/c");
  CHECK(decoded_path("/a+b") == "a+b");
  CHECK(decoded_path("/%252e") == "%2e");
  for (const std::string_view bad : {"", "a", "/", "//a", "/a//b", "/a%", "/a%2", "/a%zz", "/a%00",
                                     "/a%0d%0aB: c", "/a\\b", "/a%5cb", "/a%2f%2fb", "/a\x7f"}) {
    CAPTURE(bad);
    if (bad == "/") {
      CHECK(decoded_path(bad) == "");
    } else {
      CHECK_FALSE(decoded_path(bad));
    }
  }
  CHECK_FALSE(decoded_path("/" + std::string(5000, 'a')));
}

TEST_CASE("only regular files inside of the tree are opened") {
  const Scratch scratch;
  scratch.file("secret", "x");
  scratch.file("tree/a/file", "12345");
  scratch.file("tree/.hidden", "x");
  scratch.link("tree/out", "../secret");
  scratch.link("tree/absolute", (scratch / "tree/a/file").string());
  scratch.link("tree/away", "..");
  const ServedTree tree(scratch / "tree");
  const std::optional<ServedFile> file = tree.open("a/file");
  REQUIRE(file);
  CHECK(file->size == 5);
  for (const std::string bad : {"", ".", "..", "../secret", "a/../../secret", "a", "a/", "out", "absolute",
                                "away/secret", ".hidden", "a/.hidden", "nothing", "/a/file"}) {
    CAPTURE(bad);
    CHECK_FALSE(tree.open(bad));
  }
}

TEST_CASE("a module cache is served from its downloads") {
  const Scratch scratch;
  scratch.file("mod/cache/download/example.com/a/@v/list", "v1.0.0\n");
  const ServedTree tree(scratch / "mod");
  CHECK(tree.open("example.com/a/@v/list"));
  CHECK_FALSE(tree.open("cache/download/example.com/a/@v/list"));
  CHECK(contains(error_of([&] { const ServedTree none(scratch / "nothing"); }), "serve "));
}
