#include "support/directories.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// What base_directory(data) is with these, "" for nothing; null for a variable that is not set.
std::string data_with(const char* home, const char* xdg) {
  return told_by_child([&] {
    home == nullptr ? ::unsetenv("HOME") : ::setenv("HOME", home, 1);
    xdg == nullptr ? ::unsetenv("XDG_DATA_HOME") : ::setenv("XDG_DATA_HOME", xdg, 1);
    return base_directory(BaseDirectory::data).value_or("").string();
  });
}

}  // namespace

TEST_CASE("the directories of the XDG specification: relative ones are ignored") {
  CHECK(data_with("/h", nullptr) == "/h/.local/share");
  CHECK(data_with("/h", "") == "/h/.local/share");
  CHECK(data_with("/h", "/d") == "/d");
  CHECK(data_with("/h", "relative") == "/h/.local/share");
  CHECK(data_with("/h", "./d") == "/h/.local/share");
  CHECK(data_with(nullptr, "/d") == "/d");
}

TEST_CASE("without a HOME there is no place, and never the root directory") {
  CHECK(data_with(nullptr, nullptr) == "");
  CHECK(data_with("", nullptr) == "");
  CHECK(data_with("", "relative") == "");
  CHECK(data_with("relative", nullptr) == "");
}

TEST_CASE("whoever needs a place and has none is told how to name one") {
  const std::string error = told_by_child([] {
    ::unsetenv("HOME");
    ::unsetenv("XDG_CACHE_HOME");
    return error_of([] { need_base_directory(BaseDirectory::cache, "the store", "--store DIR"); });
  });
  CHECK(contains(error, "HOME is not set"));
  CHECK(contains(error, "Set HOME, or name a place: --store DIR."));
}
