#include "cli/table.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE("cells stand below each other, two spaces apart, and no line ends with spaces") {
  CHECK(in_columns({{"new", "go1.99.1", "commit x"}, {"completed", "go1.9", "y"}, {"differs", ""}}) ==
        "new        go1.99.1  commit x\ncompleted  go1.9     y\ndiffers\n");
  CHECK(in_columns({}).empty());
}

TEST_CASE("what is last in its row may be long without moving the others") {
  CHECK(in_columns({{"a", "a long remark"}, {"b", "c", "d"}}) == "a  a long remark\nb  c  d\n");
}
