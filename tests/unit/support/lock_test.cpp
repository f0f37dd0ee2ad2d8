#include "support/lock.hpp"

#include "support/interrupt.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <csignal>
#include <optional>
#include <thread>

using namespace gostrap;
using namespace gostrap::testing;
using namespace std::chrono_literals;

namespace {

/// Waits for a condition, for 10 s at most.
template <typename Condition>
bool eventually(Condition condition) {
  for (int i = 0; i < 1000 && !condition(); ++i) std::this_thread::sleep_for(10ms);
  return condition();
}

}  // namespace

TEST_CASE("a second thread waits, is told once, and goes on") {
  const Scratch scratch;
  std::optional<FileLock> first(scratch / "lock");
  std::atomic<int> told{0};
  std::atomic<bool> second_has_it{false};
  std::thread second([&] {
    const FileLock lock(scratch / "lock", [&] { ++told; });
    second_has_it = true;
  });
  CHECK(eventually([&] { return told == 1; }));
  std::this_thread::sleep_for(200ms);
  CHECK_FALSE(second_has_it);
  CHECK(told == 1);
  first.reset();
  second.join();
  CHECK(second_has_it);
}

TEST_CASE("a free lock is taken without a word") {
  const Scratch scratch;
  bool told = false;
  {
    const FileLock lock(scratch / "lock", [&] { told = true; });
  }
  {
    const FileLock lock(scratch / "lock", [&] { told = true; });
  }
  CHECK_FALSE(told);
}

TEST_CASE("the lock of a process that was killed is free") {
  const Scratch scratch;
  const int status = in_child([&] {
    const FileLock lock(scratch / "lock");
    ::kill(::getpid(), SIGKILL);
    return 0;
  });
  CHECK(status == 128 + SIGKILL);
  bool told = false;
  const FileLock lock(scratch / "lock", [&] { told = true; });
  CHECK_FALSE(told);
}

TEST_CASE("another process waits, and a signal ends the waiting") {
  const Scratch scratch;
  const FileLock lock(scratch / "lock");
  CHECK(in_child([&] {
          install_signal_handlers();
          try {
            const FileLock second(scratch / "lock", [] { ::kill(::getpid(), SIGINT); });
          } catch (const Interrupted&) {
            return 130;
          }
          return 0;
        }) == 130);
}

TEST_CASE("a lock that cannot be made is named") {
  const Scratch scratch;
  CHECK(
      contains(error_of([&] { const FileLock lock(scratch / "no/lock"); }), (scratch / "no/lock").string()));
}
