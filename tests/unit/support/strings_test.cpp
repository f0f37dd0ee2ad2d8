#include "support/strings.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {

using Parts = std::vector<std::string>;

struct Named {
  std::string name;
  std::string upper() const { return name + "!"; }
};

}  // namespace

TEST_CASE("a text has one part more than it has separators, and some may be empty") {
  CHECK(split("", ",").copied() == Parts{""});
  CHECK(split("a", ",").copied() == Parts{"a"});
  CHECK(split("a,b,,c", ",").copied() == Parts{"a", "b", "", "c"});
  CHECK(split(",a,", ",").copied() == Parts{"", "a", ""});
  CHECK(split("linux/arm64-v8", "/-").copied() == Parts{"linux", "arm64", "v8"});
  CHECK(split("a/b", ",").copied() == Parts{"a/b"});
}

TEST_CASE("lines have no ends, and nothing follows the last one") {
  CHECK(lines_of("").copied().empty());
  CHECK(lines_of("\n").copied() == Parts{""});
  CHECK(lines_of("a").copied() == Parts{"a"});
  CHECK(lines_of("a\n").copied() == Parts{"a"});
  CHECK(lines_of("a\n\nb").copied() == Parts{"a", "", "b"});
  CHECK(lines_of("a\n\n").copied() == Parts{"a", ""});
  CHECK(lines_of("a\r\n").copied() == Parts{"a\r"});
}

TEST_CASE("the first line ends where a second one would begin") {
  CHECK(first_line("").empty());
  CHECK(first_line("go1.24.4") == "go1.24.4");
  CHECK(first_line("go1.24.4\ntime x\n") == "go1.24.4");
  CHECK(first_line("\na").empty());
}

TEST_CASE("what is unwanted at the end goes, and stays elsewhere") {
  CHECK(without_trailing("", "\n").empty());
  CHECK(without_trailing("\n\n", "\n").empty());
  CHECK(without_trailing(" a b \r\n", "\n\r ") == " a b");
  CHECK(without_trailing("a=b", "=") == "a=b");
}

TEST_CASE("a list grows by separators and parts") {
  std::string list;
  append(list, ", ", "a");
  CHECK(list == "a");
  append(list, ", ", "b");
  append(list, ", ", "");
  CHECK(list == "a, b, ");
}

TEST_CASE("joined is what was split") {
  CHECK(join(Parts{}, ",").empty());
  CHECK(join(Parts{"a"}, ",") == "a");
  for (const char* const text : {"", "a", ",a", "a,", ",,", "a,b,,c"})
    CHECK(join(split(text, ","), ",") == text);
}

TEST_CASE("a member or a function makes the texts that are joined") {
  const std::vector<Named> all{{"a"}, {"b"}};
  CHECK(join(all, " ", &Named::name) == "a b");
  CHECK(join(all, " ", &Named::upper) == "a! b!");
  CHECK(join(all, "", [](const Named& each) { return each.name + each.name; }) == "aabb");
}

TEST_CASE("the last one of an enumeration stands behind a word") {
  CHECK(enumeration({}, " or ").empty());
  CHECK(enumeration({"a"}, " or ") == "a");
  CHECK(enumeration({"a", "b"}, " or ") == "a or b");
  CHECK(enumeration({"a", "b", "c"}, " and ") == "a, b and c");
}

TEST_CASE("one is counted in the singular, and nothing in the plural") {
  CHECK(counted(0, "file") == "0 files");
  CHECK(counted(1, "file") == "1 file");
  CHECK(counted(2, "file") == "2 files");
  CHECK(counted(1, "entry", "entries") == "1 entry");
  CHECK(counted(3, "entry", "entries") == "3 entries");
}
