#include "support/edit_distance.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE("words are as far apart as letters are missing, too many, other ones or swapped") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "arm") == 3);
  CHECK(edit_distance("arm64", "") == 5);
  CHECK(edit_distance("amd64", "amd64") == 0);
  CHECK(edit_distance("amd4", "amd64") == 1);
  CHECK(edit_distance("wams", "wasm") == 1);
  CHECK(edit_distance("riscv46", "riscv64") == 1);
  CHECK(edit_distance("arm", "s390x") == 5);
  CHECK(edit_distance("build", "biuldt") == 2);
}
