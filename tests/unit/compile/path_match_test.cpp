#include "compile/path_match.hpp"

#include "compile/embed.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace gostrap;

namespace {

enum class Says { yes, no, malformed };

Says says(const std::string& pattern, const std::string& name) {
  const std::optional<bool> match = path_match(pattern, name);
  return !match ? Says::malformed : *match ? Says::yes : Says::no;
}

}  // namespace

// The table of path/match_test.go.
TEST_CASE("a pattern means what Go's path.Match says") {
  struct Case {
    const char *pattern, *name;
    Says says;
  };
  const Case cases[] = {
      {"abc", "abc", Says::yes},
      {"*", "abc", Says::yes},
      {"*c", "abc", Says::yes},
      {"a*", "a", Says::yes},
      {"a*", "abc", Says::yes},
      {"a*", "ab/c", Says::no},
      {"a*/b", "abc/b", Says::yes},
      {"a*/b", "a/c/b", Says::no},
      {"a*b*c*d*e*/f", "axbxcxdxe/f", Says::yes},
      {"a*b*c*d*e*/f", "axbxcxdxexxx/f", Says::yes},
      {"a*b*c*d*e*/f", "axbxcxdxe/xxx/f", Says::no},
      {"a*b*c*d*e*/f", "axbxcxdxexxx/fff", Says::no},
      {"a*b?c*x", "abxbbxdbxebxczzx", Says::yes},
      {"a*b?c*x", "abxbbxdbxebxczzy", Says::no},
      {"ab[c]", "abc", Says::yes},
      {"ab[b-d]", "abc", Says::yes},
      {"ab[e-g]", "abc", Says::no},
      {"ab[^c]", "abc", Says::no},
      {"ab[^b-d]", "abc", Says::no},
      {"ab[^e-g]", "abc", Says::yes},
      {"a\\*b", "a*b", Says::yes},
      {"a\\*b", "ab", Says::no},
      {"a?b", "a☺b", Says::yes},
      {"a[^a]b", "a☺b", Says::yes},
      {"a???b", "a☺b", Says::no},
      {"a[^a][^a][^a]b", "a☺b", Says::no},
      {"[a-ζ]*", "α", Says::yes},
      {"*[a-ζ]", "A", Says::no},
      {"a?b", "a/b", Says::no},
      {"a*b", "a/b", Says::no},
      {"[\\]a]", "]", Says::yes},
      {"[\\-]", "-", Says::yes},
      {"[x\\-]", "x", Says::yes},
      {"[x\\-]", "-", Says::yes},
      {"[x\\-]", "z", Says::no},
      {"[\\-x]", "x", Says::yes},
      {"[\\-x]", "-", Says::yes},
      {"[\\-x]", "a", Says::no},
      {"[]a]", "]", Says::malformed},
      {"[-]", "-", Says::malformed},
      {"[x-]", "x", Says::malformed},
      {"[x-]", "-", Says::malformed},
      {"[-x]", "x", Says::malformed},
      {"\\", "a", Says::malformed},
      {"[a-b-c]", "a", Says::malformed},
      {"[", "a", Says::malformed},
      {"[^", "a", Says::malformed},
      {"[^bc", "a", Says::malformed},
      {"a[", "a", Says::malformed},
      {"a[", "ab", Says::malformed},
      {"a[", "x", Says::malformed},
      {"a/b[", "x", Says::malformed},
      {"*x", "xxx", Says::yes},
  };
  for (const Case& each : cases) {
    CAPTURE(std::string(each.pattern));
    CAPTURE(std::string(each.name));
    CHECK(says(each.pattern, each.name) == each.says);
  }
}

TEST_CASE("what fnmatch reads in another way") {
  CHECK(says("[!a].txt", "a.txt") == Says::yes);  // '!' is a member of the class
  CHECK(says("[!a].txt", "!.txt") == Says::yes);
  CHECK(says("[!a].txt", "b.txt") == Says::no);
  CHECK(says("?.txt", "é.txt") == Says::yes);
  CHECK(says("[à-ü].txt", "é.txt") == Says::yes);
  CHECK(says("[[:alpha:]]", "a") == Says::no);
  CHECK(says("[[:alpha:]]", "a]") == Says::yes);
  CHECK(says("dash-?", "dash-ß") == Says::yes);
  CHECK(says("?", "\xff") == Says::yes);  // a byte that is no UTF-8 is a code point of its own
  CHECK(says("??", "\xc3\x28") == Says::yes);
  CHECK(says("[^\xff]", "a") == Says::malformed);
}

TEST_CASE("Go's Glob goes down directory by directory") {
  CHECK(glob_match("a/*/c?", "a/b/cé"));
  CHECK_FALSE(glob_match("a/*", "a/b/c"));
  CHECK_FALSE(glob_match("a/*/c", "a/b"));
  CHECK_FALSE(glob_match("a[^x]b", "a/b"));  // path.Match itself would let the class take the slash
}

TEST_CASE("a pattern takes files, and directories with all that is not hidden below") {
  const std::vector<std::string> files{"!.txt",   "a.txt",     "d/.h/x",        "d/_u",
                                       "d/plain", "d/e/.hide", "d/e/deep/file", "é.txt"};
  using Names = std::vector<std::string>;
  CHECK(embedded_by("?.txt", files) == Names{"!.txt", "a.txt", "é.txt"});
  CHECK(embedded_by("[!a].txt", files) == Names{"!.txt", "a.txt"});
  CHECK(embedded_by("d", files) == Names{"d/plain", "d/e/deep/file"});
  CHECK(embedded_by("all:d", files) == Names{"d/.h/x", "d/_u", "d/plain", "d/e/.hide", "d/e/deep/file"});
  CHECK(embedded_by("d/.h", files) == Names{"d/.h/x"});
  CHECK(embedded_by("d/*", files) == Names{"d/.h/x", "d/_u", "d/plain", "d/e/deep/file"});
}
