#include "support/shell_words.hpp"

#include "support/error.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {

constexpr const char* nasty = "it's $HOME \"x\" \\ `y` é *?";

}  // namespace

TEST_CASE("a word of a POSIX shell stands in single quotes") {
  CHECK(shell_quoted(nasty) == "'it'\\''s $HOME \"x\" \\ `y` é *?'");
  CHECK(shell_quoted("a\nb") == "'a\nb'");
  CHECK(as_word("/usr/bin") == "/usr/bin");
  CHECK(as_word("") == "''");
}

TEST_CASE("in fish a backslash counts within single quotes, too") {
  CHECK(fish_quoted(nasty) == "'it\\'s $HOME \"x\" \\\\ `y` é *?'");
  CHECK(fish_quoted("a\nb\\") == "'a\nb\\\\'");
}

TEST_CASE("nushell's words are on one line, and take neither a dollar nor a parenthesis for more") {
  CHECK(nu_quoted(nasty) == "\"it's $HOME \\\"x\\\" \\\\ `y` é *?\"");
  CHECK(nu_quoted("(a)\nb\t\x7f") == "\"(a)\\u{0a}b\\u{09}\\u{7f}\"");
}

TEST_CASE("PowerShell's words are on one line, and no kind of quote ends them") {
  CHECK(pwsh_quoted(nasty) == "'it''s $HOME \"x\" \\ `y` é *?'");
  CHECK(pwsh_quoted("‘a’ ‚b‛ “c”") == "'‘‘a’’ ‚‚b‛‛ “c”'");
  CHECK(pwsh_quoted("a\nb") == "('a' + [char]10 + 'b')");
}

TEST_CASE("what is not UTF-8 is refused where strings cannot hold it, and passes where they can") {
  const std::string bytes = "/x\xff";
  CHECK_THROWS_WITH_AS(nu_quoted(bytes),
                       "cannot write /x\\xff for nushell: it is not UTF-8, and all its strings are", Error);
  CHECK_THROWS_AS(pwsh_quoted(bytes), Error);
  CHECK(fish_quoted(bytes) == "'/x\xff'");
  CHECK(shell_quoted(bytes) == "'/x\xff'");
}
