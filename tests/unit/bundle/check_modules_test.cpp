#include "bundle/check_modules.hpp"

#include "bundle/contents.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a tree of modules is sound where its contents hash to the key in its name") {
  const Scratch scratch;
  scratch.file("tree/m/@v/v1.0.0.mod", "module m\n");
  const Contents contents = TreeRecorder().record({scratch / "tree"}).front();
  StoreEntry entry;
  entry.kind = Kind::modules;
  entry.entry = key_of_contents(Kind::modules, sha256(to_text(contents))) + "-modules";
  entry.path = scratch / "tree";
  const Check sound = check_modules(entry);
  CHECK(sound.result == Check::Result::passed);
  CHECK(sound.says == "1 files, and their hash is the key in its name");
  scratch.file("tree/m/@v/v1.0.0.mod", "module n\n");
  CHECK(check_modules(entry).result == Check::Result::failed);
}
