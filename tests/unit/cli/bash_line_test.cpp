#include "cli/bash_line.hpp"

#include "support/strings.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {

constexpr std::string_view breaks = " \t\n\"'><=;|&(:";

BashLine line_of(std::string_view text) {
  return read_bash_line(text, breaks);
}

/// "a|b|c"
std::string words_of(std::string_view text) {
  return join(line_of(text).words, "|");
}

std::string inserted(std::string_view text, const std::string& word) {
  return bash_insertion(line_of(text), word);
}

}  // namespace

TEST_CASE("words as bash would have them, without their quotes; the last as far as it is typed") {
  CHECK(words_of("gostrap build ri") == "gostrap|build|ri");
  CHECK(words_of("gostrap  build ") == "gostrap|build|");
  CHECK(words_of(R"(gostrap verify my\ store/x "an other"/y 'third  one' z)") ==
        "gostrap|verify|my store/x|an other/y|third  one|z");
  CHECK(words_of(R"(gostrap "a \" b" 'c \ d' "e\f")") == R"(gostrap|a " b|c \ d|e\f)");
  CHECK(words_of("gostrap '' ") == "gostrap||");
}

TEST_CASE("a quote that is still open belongs to the word that is typed") {
  CHECK(words_of("gostrap verify \"my st") == "gostrap|verify|my st");
  CHECK(line_of("gostrap verify \"my st").open_quote == '"');
  CHECK(line_of("gostrap verify 'my st").open_quote == '\'');
  CHECK(line_of("gostrap verify 'my st'").open_quote == 0);
}

TEST_CASE("neither a redirection nor its file is a word of the command") {
  CHECK(words_of("gostrap list >out --js") == "gostrap|list|--js");
  CHECK(words_of("gostrap list 2>>log <in --js") == "gostrap|list|--js");
  CHECK(words_of("gostrap list> out --js") == "gostrap|list|--js");
  CHECK(line_of("gostrap list > fi").redirects);
  CHECK(!line_of("gostrap list > file x").redirects);
}

TEST_CASE("readline keeps what stands before its last break") {
  CHECK(line_of("gostrap build --release=1.2").kept == std::string("--release=").size());
  CHECK(line_of("gostrap build --profile=GOGC=2").kept == std::string("--profile=GOGC=").size());
  CHECK(line_of("gostrap verify C:x").kept == 2);
  CHECK(line_of("gostrap build --release").kept == 0);
  CHECK(line_of("gostrap verify --store=\"/x").kept == std::string("--store=").size());
  CHECK(line_of("gostrap verify \"a=b\"c").kept == 0);  // quoted, it breaks nothing
  CHECK(line_of("gostrap verify a\\=b").kept == 0);
  CHECK(read_bash_line("gostrap build --release=1.2", " ").kept == 0);
}

TEST_CASE("what is inserted is what readline replaces, quoted as the word is") {
  CHECK(inserted("gostrap build --release=1.2", "--release=1.24.4") == "1.24.4");
  CHECK(inserted("gostrap build linux", "linux/*") == "linux/\\*");
  CHECK(inserted("gostrap build 'linux", "linux/*") == "linux/*");
  CHECK(inserted("gostrap verify my", "my store/it's") == "my\\ store/it\\'s");
  CHECK(inserted("gostrap verify 'my", "my store/it's") == "my store/it'\\''s");
  CHECK(inserted("gostrap verify \"my", "my store/$x\"") == "my store/\\$x\\\"");
  CHECK(inserted("gostrap verify ", "größe") == "größe");
}

TEST_CASE("the tilde of a home stays one where it was one") {
  CHECK(inserted("gostrap verify ~/x", "~/x y") == "~/x\\ y");
  CHECK(inserted("gostrap verify ", "~/x") == "\\~/x");
}
