#include "support/crew.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <atomic>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("every job is done before finish and wait return") {
  std::atomic<int> done{0};
  Crew crew(3, 10);
  for (int each = 0; each < 500; ++each) crew.add(1, [&] { ++done; });
  crew.wait();
  CHECK(done == 500);
  for (int each = 0; each < 500; ++each) crew.add(100, [&] { ++done; });  // each heavier than the queue
  crew.finish();
  CHECK(done == 1000);
}

TEST_CASE("what a job throws comes out, and ends the rest") {
  Crew crew(2, 10);
  const std::string error = error_of([&] {
    crew.add(1, [] { throw Error("work", "it broke"); });
    while (true) crew.add(1, [] {});
  });
  CHECK(contains(error, "it broke"));
  CHECK(contains(error_of([&] { crew.wait(); }), "it broke"));
  CHECK(contains(error_of([&] { crew.finish(); }), "it broke"));
}
