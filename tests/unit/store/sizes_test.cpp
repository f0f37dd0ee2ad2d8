#include "store/sizes.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a file is its tree's own until something outside links to it") {
  const Scratch scratch;
  scratch.file("a/one", std::string(100'000, 'x'));
  fs::create_hard_link(scratch / "a/one", scratch / "a/two");
  const Sizes alone = sizes_of(scratch / "a");
  CHECK(alone.own >= 100'000);
  CHECK(alone.own < 200'000);
  CHECK(alone.shared == 0);

  scratch.directory("b");
  fs::create_hard_link(scratch / "a/one", scratch / "b/three");
  const Sizes shared = sizes_of(scratch / "a");
  CHECK(shared.own < 100'000);
  CHECK(shared.shared >= 100'000);
  CHECK(shared.shared < 200'000);
}

TEST_CASE("trees that go together free what only they share") {
  const Scratch scratch;
  scratch.file("a/one", std::string(100'000, 'x'));
  scratch.directory("b");
  scratch.directory("c");
  fs::create_hard_link(scratch / "a/one", scratch / "b/one");
  fs::create_hard_link(scratch / "a/one", scratch / "c/one");
  SizeCounter two;
  two.add(scratch / "a");
  two.add(scratch / "b");
  CHECK(two.sizes().own < 100'000);
  two.add(scratch / "c");
  CHECK(two.sizes().own >= 100'000);
  CHECK(two.sizes().shared == 0);
}

TEST_CASE("a link is counted as it was when first seen, though its neighbours go meanwhile") {
  const Scratch scratch;
  scratch.file("a/one", std::string(100'000, 'x'));
  scratch.directory("b");
  fs::create_hard_link(scratch / "a/one", scratch / "b/one");
  SizeCounter counter;
  counter.add(scratch / "a");
  fs::remove_all(scratch / "a");
  CHECK(counter.sizes().own < 100'000);
  counter.add(scratch / "b");
  CHECK(counter.sizes().own >= 100'000);
}
