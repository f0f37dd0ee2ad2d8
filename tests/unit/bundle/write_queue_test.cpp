#include "bundle/write_queue.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <atomic>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("all jobs of a write queue are done when it was waited for, in order where that was asked for") {
  std::atomic<int> done{0};
  std::string order;
  WriteQueue queue;
  for (int each = 0; each < 300; ++each) {
    queue.add(each % 7 == 0 ? 1U << 20U : 10U, [&] { ++done; });
    if (each % 100 == 0) queue.add_in_order(10, [&, each] { order += std::to_string(each) + " "; });
  }
  queue.wait();
  CHECK(done == 300);
  CHECK(order == "0 100 200 ");
  queue.add(0, [&] { ++done; });
  queue.finish();
  CHECK(done == 301);
}

TEST_CASE("what a job of a write queue throws comes out") {
  WriteQueue free;
  free.add(0, [] { throw Error("write it", "it is full"); });
  CHECK(contains(error_of([&] { free.wait(); }), "it is full"));
  WriteQueue in_order;
  in_order.add_in_order(0, [] { throw Error("write it", "it is full"); });
  CHECK(contains(error_of([&] { in_order.finish(); }), "it is full"));
}
