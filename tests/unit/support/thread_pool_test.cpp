#include "support/thread_pool.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <atomic>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("every job is done before finish and wait return") {
  std::atomic<int> done{0};
  ThreadPool pool(3, 10);
  for (int each = 0; each < 500; ++each) pool.add(1, [&] { ++done; });
  pool.wait();
  CHECK(done == 500);
  for (int each = 0; each < 500; ++each) pool.add(100, [&] { ++done; });  // each heavier than the queue
  pool.finish();
  CHECK(done == 1000);
}

TEST_CASE("what a job throws comes out, and ends the rest") {
  ThreadPool pool(2, 10);
  const std::string error = error_of([&] {
    pool.add(1, [] { throw Error("work", "it broke"); });
    while (true) pool.add(1, [] {});
  });
  CHECK(contains(error, "it broke"));
  CHECK(contains(error_of([&] { pool.wait(); }), "it broke"));
  CHECK(contains(error_of([&] { pool.finish(); }), "it broke"));
}
