#include "support/directories.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// What base_directory(data) is with these, "" for nothing; null for a variable that is not set.
bool is_data(const char* home, const char* xdg, const std::string& expected) {
  return in_child([&] {
           home == nullptr ? ::unsetenv("HOME") : ::setenv("HOME", home, 1);
           xdg == nullptr ? ::unsetenv("XDG_DATA_HOME") : ::setenv("XDG_DATA_HOME", xdg, 1);
           return base_directory(BaseDirectory::data).value_or("").string() == expected ? 0 : 1;
         }) == 0;
}

}  // namespace

TEST_CASE("the directories of the XDG specification: relative ones are ignored") {
  CHECK(is_data("/h", nullptr, "/h/.local/share"));
  CHECK(is_data("/h", "", "/h/.local/share"));
  CHECK(is_data("/h", "/d", "/d"));
  CHECK(is_data("/h", "relative", "/h/.local/share"));
  CHECK(is_data("/h", "./d", "/h/.local/share"));
  CHECK(is_data(nullptr, "/d", "/d"));
}

TEST_CASE("without a HOME there is no place, and never the root directory") {
  CHECK(is_data(nullptr, nullptr, ""));
  CHECK(is_data("", nullptr, ""));
  CHECK(is_data("", "relative", ""));
  CHECK(is_data("relative", nullptr, ""));
  CHECK(in_child([] {
          ::unsetenv("HOME");
          ::unsetenv("XDG_CACHE_HOME");
          const std::string error =
              error_of([] { need_base_directory(BaseDirectory::cache, "the store", "--store DIR"); });
          return contains(error, "HOME is not set") &&
                         contains(error, "Set HOME, or name a place: --store DIR.")
                     ? 0
                     : 1;
        }) == 0);
}
