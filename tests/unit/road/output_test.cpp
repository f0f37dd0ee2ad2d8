#include "road/output.hpp"

#include "support/hash.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {

const Release& release() {
  static const Release release = [] {
    Release made;
    made.version = {1, 99, 0};
    return made;
  }();
  return release;
}

const Port riscv64{"linux", "riscv64"};

Output output(Kind kind) {
  Output output{kind, &release()};
  output.port = riscv64;
  return output;
}

}  // namespace

TEST_CASE("an output's name is its release's, its kind's and its port's") {
  CHECK(output(Kind::host).name() == "go1.99.0-host-linux-riscv64");
  CHECK(output(Kind::toolchain).name() == "go1.99.0-toolchain-linux-riscv64");
  CHECK(output(Kind::sdk).name() == "go1.99.0-sdk-linux-riscv64");
  CHECK(output(Kind::archives).name() == "go1.99.0-archives-linux-riscv64");
}

TEST_CASE("a source has no port in its name, whatever stands there") {
  CHECK(output(Kind::source).name() == "go1.99.0-source");
}

TEST_CASE("what was made the reference way says so behind its port") {
  Output made = output(Kind::toolchain);
  made.reference = true;
  CHECK(made.name() == "go1.99.0-toolchain-linux-riscv64-reference");
}

TEST_CASE("the profile ends a name") {
  Output made = output(Kind::archives);
  made.reference = true;
  made.profile.settings["GORISCV64"] = "rva22u64";
  made.profile.baked = true;
  CHECK(made.name() == "go1.99.0-archives-linux-riscv64-reference-GORISCV64-rva22u64-baked");
}

TEST_CASE("two patches have two names") {
  Output one = output(Kind::source), other = output(Kind::source);
  one.profile.patches = {sha256("one")};
  other.profile.patches = {sha256("other")};
  CHECK(one.name() != other.name());
  CHECK(one.name() != output(Kind::source).name());
}
