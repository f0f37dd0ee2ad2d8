#include "sdk/goroot_only.hpp"

#include "sdk/manifest.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a GOROOT that is no SDK of ours, and a setting in a comment, are nobody's business") {
  const Scratch scratch;
  const fs::path root = scratch.directory("go");
  fs::create_directories(scratch / ".vscode");
  scratch.file(".vscode/settings.json",
               "{\n // \"go.goroot\": \"/x\"\n \"go.goroot\": \"" + root.string() + "\",\n}\n");
  CHECK(goroots_only(scratch / "", {{"GOROOT", root.string()}, {"GOENV", "off"}}, scratch / "").empty());
}
