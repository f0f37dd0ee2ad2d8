#include "support/text.hpp"

#include "support/error.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE("what a terminal acts on is escaped, and lines and tabs stay where there are several lines") {
  CHECK(harmless("a\x1b[2Jb\r\x7f\tc\n\xc3\xa4") == "a\\x1b[2Jb\\x0d\\x7f\tc\n\xc3\xa4");
  CHECK(on_one_line("a\tb\nc\x07") == "a\\x09b\\x0ac\\x07");
}

TEST_CASE("C1 is escaped, as U+009B and as the bare byte") {
  CHECK(harmless("a\xc2\x9b"
                 "2J") == "a\\xc2\\x9b2J");
  CHECK(harmless("a\x9b"
                 "2J") == "a\\x9b2J");
  CHECK(harmless("\xc2\x85") == "\\xc2\\x85");
}

TEST_CASE("marks that reorder or hide text are escaped, and dashes, quotes and other alphabets are not") {
  for (const std::string mark : {"\xe2\x80\xae", "\xe2\x80\x8b", "\xe2\x80\xa8", "\xe2\x81\xa6",
                                 "\xef\xbb\xbf", "\xd8\x9c", "\xf3\xa0\x81\x81", "\xc2\xad"}) {
    CHECK_MESSAGE(harmless(mark).starts_with("\\x"), mark);
  }
  const std::string plain = "– … ‘a’ → Ä 日本 \xf0\x9f\x90\xb9";
  CHECK(harmless(plain) == plain);
}

TEST_CASE("bytes that are not UTF-8 are escaped one by one") {
  CHECK(harmless("\xff"
                 "a\xc3") == "\\xffa\\xc3");
  CHECK(harmless("\xed\xa0\x80") == "\\xed\\xa0\\x80");
}

TEST_CASE("what is made harmless once stays as it is") {
  const std::string once = on_one_line("\x1b]0;x\x07\xff\n");
  CHECK(harmless(once) == once);
}

TEST_CASE("one line has an end, and no character is cut") {
  CHECK(on_one_line(std::string(10'000, 'x'), 10) == "xxxxxxxxxx…");
  CHECK(on_one_line("xxxxxxxxxx", 10) == "xxxxxxxxxx");
  CHECK(is_utf8(on_one_line("äääää", 3)));
}

TEST_CASE("the beginning of a character waits for its rest") {
  CHECK(unfinished_bytes("a") == 0);
  CHECK(unfinished_bytes("a\xc3") == 1);
  CHECK(unfinished_bytes("\xe2\x80") == 2);
  CHECK(unfinished_bytes("\xf0\x9f\x90") == 3);
  CHECK(unfinished_bytes("\xc3\xa4") == 0);
  CHECK(unfinished_bytes("\xff") == 0);
  CHECK(unfinished_bytes("") == 0);
}

TEST_CASE("an error's text is harmless, whoever's words are in it, and is not cut at a NUL") {
  const Error error("read \x1b[2J\nfile", std::string("key a\0b", 7) + "\x9b", "see https://tok@host/x");
  CHECK(error.what() == std::string("cannot read \\x1b[2J\\x0afile: key a\\x00b\\x9b"));
  CHECK(error.next() == "see https://***@host/x");
}

TEST_CASE("a line is cut where its columns end, not its bytes") {
  CHECK(columns_of("abc") == 3);
  CHECK(columns_of("\xc3\xa4\xc3\xb6") == 2);
  CHECK(columns_of("\xe6\xbc\xa2\xe5\xad\x97") == 4);  // two of CJK
  CHECK(columns_of("e\xcc\x81") == 1);                 // an accent set on its letter
  CHECK(columns_of("\xff") == 1);
  CHECK(fit_columns("\xc3\xa4\xc3\xb6x", 2) == "\xc3\xa4\xc3\xb6");
  CHECK(fit_columns("\xe6\xbc\xa2\xe5\xad\x97", 3) == "\xe6\xbc\xa2");
  CHECK(fit_columns("e\xcc\x81x", 1) == "e\xcc\x81");
  CHECK(fit_columns("abc", 9) == "abc");
  CHECK(fit_columns("abc", 0).empty());
}
