#include "support/error.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <cerrno>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("an error says what could not be done and why, and keeps the advice apart") {
  const Error error("read /x", "it is a directory", "Name a file.");
  CHECK(std::string(error.what()) == "cannot read /x: it is a directory");
  CHECK(error.next() == "Name a file.");
  CHECK(error.code() == ExitCode::failed);
  CHECK(UsageError("there is no such verb").code() == ExitCode::failed);
  CHECK(std::string(UsageError("there is no such verb").what()) == "there is no such verb");
}

TEST_CASE("whoever catches errors to go on does not catch an interrupt") {
  CHECK_FALSE(std::is_base_of_v<Error, Interrupted>);
  CHECK_FALSE(std::is_base_of_v<std::exception, Interrupted>);
}

TEST_CASE("a failed call says errno's text, and what helps") {
  errno = ENOENT;
  CHECK(error_of([] { throw system_error("read /x"); }) == "cannot read /x: No such file or directory");
  errno = ENOSPC;
  CHECK(contains(error_of([] { throw system_error("write /x"); }), "Free some space"));
  errno = EROFS;
  CHECK(contains(error_of([] { throw system_error("write /x"); }), "--store DIR"));
}
