#include "compile/prepare.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a main package's own profile is taken, unless another is named or none is wanted") {
  const Scratch scratch;
  GoPackage package;
  package.name = "main";
  package.directory = scratch.path();
  CHECK(profile_for("auto", package, "/elsewhere") == "");
  scratch.file("default.pgo", "");
  CHECK(profile_for("auto", package, "/elsewhere") == (scratch / "default.pgo").string());
  CHECK(profile_for("off", package, "/elsewhere") == "");
  package.name = "lib";
  CHECK(profile_for("auto", package, "/elsewhere") == "");
}

TEST_CASE("a profile is looked for where the package's name is understood") {
  const Scratch scratch;
  const fs::path file = scratch.file("cpu.pgo", "");
  const fs::path below = scratch.directory("below");
  CHECK(profile_for("../cpu.pgo", {}, below.string()) == file.string());
  CHECK(profile_for(file.string(), {}, below.string()) == file.string());
  CHECK(error_of([&] { profile_for("cpu.pgo", {}, below.string()); }) ==
        "--pgo names " + (below / "cpu.pgo").string() + ", which is no file");
}
