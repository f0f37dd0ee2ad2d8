#include "cli/safe_streams.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>
#include <sstream>

using namespace gostrap;

namespace {

/// What `write` puts to standard error, as a terminal gets it.
template <class Write>
std::string seen(Write write) {
  const std::ostringstream kept;
  std::streambuf* const before = std::cerr.rdbuf(kept.rdbuf());
  {
    const SafeStreams streams;
    write(std::cerr);
  }
  std::cerr.rdbuf(before);
  return kept.str();
}

}  // namespace

TEST_CASE("whatever a verb prints, a terminal cannot act on it") {
  CHECK(seen([](std::ostream& out) { out << "a\x1b]0;x\x07" << '\x9b' << "\n"; }) ==
        "a\\x1b]0;x\\x07\\x9b\n");
}

TEST_CASE("characters that come in two pieces are whole, and halves are escaped at the end") {
  CHECK(seen([](std::ostream& out) { out.rdbuf()->sputn("\xe2\x80", 2), out.rdbuf()->sputn("\xa6!", 2); }) ==
        "\xe2\x80\xa6!");
  CHECK(seen([](std::ostream& out) { out.rdbuf()->sputc('\xc3'); }) == "\\xc3");
}

TEST_CASE("gostrap's own sequences pass") {
  CHECK(seen([](std::ostream& out) { out << TerminalSequence{"\r\x1b[J"}; }) == "\r\x1b[J");
}

TEST_CASE("what a program reads is exact only where no terminal is") {
  CHECK(seen([](std::ostream& out) { out << exact("/a\x1b"); }) ==
        "/a\\x1b");  // standard error is as good as one
  std::ostringstream plain;
  plain << exact("/a\xff");
  CHECK(plain.str() == "/a\xff");
}

TEST_CASE("in a log of GitHub's nobody's words are commands to the runner") {
  ::setenv("GITHUB_ACTIONS", "true", 1);
  CHECK(seen([](std::ostream& out) {
          out << "a :: b\n \t:"
              << ":error::c\n";
        }) == "a :: b\n \t:\\u003aerror::c\n");
  CHECK(seen([](std::ostream& out) {
          out << "x##"
              << "[error]y ###[z\n";
        }) == "x##\\u005berror]y ###\\u005bz\n");
  CHECK(seen([](std::ostream& out) {
          out << "a:\n:b\n" << TerminalSequence{"::group::"} << "x\n";
        }) == "a:\n:b\n::group::x\n");
  ::unsetenv("GITHUB_ACTIONS");
  CHECK(seen([](std::ostream& out) { out << "::a ##[b]\n"; }) == "::a ##[b]\n");
}
