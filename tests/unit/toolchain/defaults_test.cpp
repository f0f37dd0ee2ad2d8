#include "toolchain/defaults.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

TEST_CASE("a default is replaced, whichever way the release spells its name") {
  CHECK(with_default("package buildcfg\n\nconst DefaultGOARM = `7`\nconst x = `7`\n", "GOARM", "6") ==
        "package buildcfg\n\nconst DefaultGOARM = `6`\nconst x = `7`\n");
  CHECK(with_default("\nconst defaultGOARM = `7`\n", "GOARM", "6") == "\nconst defaultGOARM = `6`\n");
}

TEST_CASE("a name that only begins alike is left alone") {
  CHECK(with_default("\nconst DefaultGOARM64 = `v8.0`\nconst DefaultGOARM = `7,hardfloat`\n", "GOARM", "6") ==
        "\nconst DefaultGOARM64 = `v8.0`\nconst DefaultGOARM = `6`\n");
}

TEST_CASE("a text that reads otherwise is refused rather than guessed at") {
  CHECK_FALSE(with_default("const DefaultGOARM = `7`\n", "GOARM", "6").has_value());
  CHECK_FALSE(with_default("\nconst DefaultGOARM = 7\n", "GOARM", "6").has_value());
  CHECK_FALSE(with_default("\nconst DefaultGOARM = `7", "GOARM", "6").has_value());
  CHECK_FALSE(with_default("", "GOARM", "6").has_value());
}
