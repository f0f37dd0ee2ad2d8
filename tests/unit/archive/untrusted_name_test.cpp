#include "archive/untrusted_name.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE("plain relative paths are safe") {
  for (const std::string path :
       {"a", "a/b", "..a", "a..", "...", ".hidden", "a b", "\xc3\x84/\xe6\x97\xa5/\xf0\x9f\x90\xb9"}) {
    CHECK_MESSAGE(why_unsafe_path(path).empty(), path);
  }
  CHECK(why_unsafe_path(std::string(255, 'a')).empty());
}

TEST_CASE("paths that lead elsewhere or are malformed are not") {
  for (const std::string path :
       {"", "/", "/etc/passwd", "..", "../a", "a/..", "a/../b", ".", "./a", "a/.", "a//b", "a/"}) {
    CHECK_MESSAGE(!why_unsafe_path(path).empty(), path);
  }
  CHECK(!why_unsafe_path(std::string_view("a\0b", 3)).empty());
  CHECK(!why_unsafe_path(std::string(256, 'a')).empty());
  std::string deep;
  while (deep.size() <= 4096) deep += "ab/";
  CHECK(!why_unsafe_path(deep + "a").empty());
}

TEST_CASE("only well-formed UTF-8 is") {
  for (const char* path : {"\xff", "\xc3", "a\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                           "\xf5\x80\x80\x80", "\x80", "\xf0\x80\x80\x80"}) {
    CHECK(why_unsafe_path(path) == "is not in UTF-8");
  }
}

TEST_CASE("links may climb first, and not out") {
  CHECK(why_unsafe_link("a", "b").empty());
  CHECK(why_unsafe_link("a/b", "../c").empty());
  CHECK(why_unsafe_link("a/b/c", "../../d/e").empty());
  for (const std::string target : {"", "/etc", "..", "../x", "b/../c", "b/../../c", "\xff"}) {
    CHECK_MESSAGE(!why_unsafe_link("a", target).empty(), target);
  }
  CHECK(!why_unsafe_link("a/b", "../../c").empty());
  CHECK(!why_unsafe_link("a/b", "./../../c").empty());
  CHECK(!why_unsafe_link("a/b", "x/../../../c").empty());
}

TEST_CASE("names that a file system could take for one are one") {
  CHECK(folded_case("README") == folded_case("readMe"));
  CHECK(folded_case("\xc3\x84") == folded_case("\xc3\xa4"));
  CHECK(folded_case("\xcf\x83") == folded_case("\xcf\x82"));  // both lower-case sigmas
  CHECK(folded_case("a") != folded_case("b"));
  CHECK(folded_case("\xc3\xb6") != folded_case("o"));
  CHECK(folded_case("a\xff") != folded_case("b\xff"));
  CHECK(folded_case(std::string_view("\xc3\x84\0A", 4)) == std::string_view("\xc3\xa4\0a", 4));
}

TEST_CASE("letters beyond ASCII may be one with letters within") {
  CHECK(folded_case("\xe2\x84\xaa") == folded_case("K"));  // KELVIN SIGN
  CHECK(folded_case("ver\xc5\xbfion") == "version");       // LATIN SMALL LETTER LONG S
  CHECK(folded_case("stra\xc3\x9f"
                    "e") == folded_case("STRASSE"));
}

TEST_CASE("folding a name of marks takes no longer than another's") {
  std::string marks;
  while (marks.size() < 1'000'000) marks += "\xcc\x96\xcc\x80";  // those that normal forms sort
  CHECK(folded_case(marks) == marks);
}

TEST_CASE("names are shown so that a terminal cannot act on them") {
  CHECK(in_quotes("a b") == "\"a b\"");
  CHECK(in_quotes("\x1b[2J\n") == "\"\\x1b[2J\\x0a\"");
  CHECK(in_quotes("\xff") == "\"\\xff\"");
  CHECK(printable("go \x1b[31maway") == "go \\x1b[31maway");
  CHECK(printable(std::string(10'000, 'x')).size() < 300);
  CHECK(in_quotes("\xe2\x80\xae") == "\"\\xe2\\x80\\xae\"");
  const std::string shown = in_quotes(std::string(10'000, 'x'));
  CHECK(shown.size() < 300);
  CHECK(shown.find("10000 bytes") != std::string::npos);
}
