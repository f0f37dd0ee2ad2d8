#include "compile/go_debug.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("//go:debug lines count before the package clause, outside of comments") {
  const auto lines = debug_lines(
      "\xef\xbb\xbf//go:debug panicnil=1\n// a comment\n/* one\n//go:debug not=1\n*/\n //go:debug c=d\n"
      "/* x */ //go:debug  a=b \n/* y */ package main\n//go:debug not=3\n");
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].first == 1);
  CHECK(lines[1].second == "//go:debug c=d");
  CHECK(lines[2].second == "//go:debug  a=b");
}

TEST_CASE("what is wrong in one is said as go build says it") {
  const std::set<std::string> known{"panicnil"};
  std::string key;
  CHECK(wrong_debug_line("//go:debug panicnil=1", known, key).empty());
  CHECK(key == "panicnil");
  CHECK(wrong_debug_line("//go:debug default=go1.21", known, key).empty());
  CHECK(wrong_debug_line("//go:debugger x", known, key).find("missing") != std::string::npos);
  CHECK(wrong_debug_line("//go:debugger", known, key).empty());
  CHECK(wrong_debug_line("//go:debug", known, key) == "missing key=value");
  CHECK(wrong_debug_line("//go:debug panicnil", known, key) == "missing key=value");
  CHECK(wrong_debug_line("//go:debug panicnil=1,x=2", known, key) == "value contains comma");
  CHECK(wrong_debug_line("//go:debug nosuch=1", known, key) == "unknown //go:debug setting \"nosuch\"");
  CHECK(wrong_debug_line("//go:debug default=1.21", known, key) == "value for default= must be goVERSION");
  CHECK(wrong_debug_line("//go:debug default=go1.x", known, key) == "value for default= must be goVERSION");
  const auto own = parse_version("1.24.4");
  CHECK(wrong_debug_line("//go:debug default=go1.24", known, key, own).empty());
  CHECK(contains(wrong_debug_line("//go:debug default=go1.25", known, key, own), "too new"));
}

TEST_CASE("a package with such a line is refused before it is compiled") {
  const Scratch scratch;
  scratch.file("src/internal/godebugs/table.go",
               "var All = []Info{\n\t{Name: \"panicnil\", Package: \"runtime\"},\n}\n");
  scratch.file("p/a.go", "//go:debug panicnil=1\npackage main\n");
  scratch.file("p/b.go", "//go:debug panicnil=0\n//go:debug nosuch=1\npackage main\n");
  GoPackage package{.directory = (scratch / "p").string(), .import_path = "x.com/p", .go_files = {"a.go"}};
  CHECK(error_of([&] { require_go_debug({package}, scratch.path().string()); }).empty());
  package.go_files.emplace_back("b.go");
  const std::string error = error_of([&] { require_go_debug({package}, scratch.path().string()); });
  CHECK(contains(error, "b.go:1:1: repeated //go:debug for panicnil"));
  CHECK(contains(error, "b.go:2:1: invalid //go:debug: unknown //go:debug setting \"nosuch\""));
}
