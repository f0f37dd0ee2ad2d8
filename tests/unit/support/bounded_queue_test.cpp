#include "support/bounded_queue.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <thread>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("items come out in their order, however little room there is") {
  BoundedQueue<int> queue(2);
  std::thread maker([&] {
    for (int each = 0; each < 1000; ++each) queue.push(each, each % 3 == 0 ? 5 : 1);  // some beyond all room
    queue.end();
  });
  int expected = 0;
  while (const std::optional<int> item = queue.pop()) CHECK(*item == expected++);
  CHECK(expected == 1000);
  CHECK_FALSE(queue.pop().has_value());
  CHECK_FALSE(queue.push(1));
  maker.join();
}

TEST_CASE("what waits is taken before the reason why nothing more comes") {
  BoundedQueue<std::string> queue(10);
  queue.push("first");
  queue.push("second");
  queue.fail(std::make_exception_ptr(Error("make it", "it broke")));
  CHECK(queue.pop() == "first");
  CHECK(queue.pop() == "second");
  CHECK(contains(error_of([&] { queue.pop(); }), "it broke"));
  CHECK(contains(error_of([&] { queue.pop(); }), "it broke"));
}

TEST_CASE("who waits for room learns that nothing more is taken, and what waits is dropped") {
  BoundedQueue<std::unique_ptr<int>> queue(1);
  CHECK(queue.push(std::make_unique<int>(1)));
  bool taken = true;
  std::thread maker([&] { taken = queue.push(std::make_unique<int>(2)); });
  queue.close();
  maker.join();
  CHECK_FALSE(taken);
  CHECK_FALSE(queue.pop().has_value());
}

TEST_CASE("who waits for an item learns of the end") {
  BoundedQueue<int> queue(1);
  std::optional<int> item = 7;
  std::thread taker([&] { item = queue.pop(); });
  queue.end();
  taker.join();
  CHECK_FALSE(item.has_value());
}
