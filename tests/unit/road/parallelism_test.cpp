#include "road/parallelism.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {
constexpr std::uint64_t giga = 1'000'000'000;
}

TEST_CASE("two steps at a time keep two processors busy; memory bounds how many there are") {
  CHECK(parallelism_for(1, 24 * giga, 4).workers == 1);
  CHECK(parallelism_for(2, 24 * giga, 4).workers == 2);
  CHECK(parallelism_for(2, 3 * giga, 4).workers == 1);
  CHECK(parallelism_for(2, 0, 4).workers == 1);
  CHECK(parallelism_for(64, 1000 * giga, 40).workers == 32);
  CHECK(parallelism_for(64, 5 * giga, 40).workers == 2);
}

TEST_CASE("ports that compile side by side have more commands than processors, and no more threads") {
  const Parallelism two = parallelism_for(2, 24 * giga, 4);
  CHECK(two.jobs == 2);
  CHECK(two.threads == 1);
  const Parallelism many = parallelism_for(64, 1000 * giga, 40);
  CHECK(many.jobs == 4);
  CHECK(many.threads == 2);
  const Parallelism little_memory = parallelism_for(64, 5 * giga, 40);
  CHECK(little_memory.jobs == 64);
  CHECK(little_memory.threads == 32);
}

TEST_CASE("a port that compiles alone has the machine to itself") {
  for (const std::size_t ports : {0U, 1U}) {
    const Parallelism share = parallelism_for(64, 1000 * giga, ports);
    CHECK(share.workers == 32);
    CHECK(share.jobs == 64);
    CHECK(share.threads == 64);
  }
  CHECK(parallelism_for(1, 24 * giga, 1).jobs == 1);
}
