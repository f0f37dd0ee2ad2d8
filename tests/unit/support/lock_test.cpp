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

TEST_CASE("a shared lock lets others share it, and nobody have it alone") {
  const Scratch scratch;
  {
    const FileLock one(scratch / "lock", {}, LockMode::shared);
    CHECK(FileLock::attempt(scratch / "lock", LockMode::shared));
    CHECK_FALSE(FileLock::attempt(scratch / "lock", LockMode::exclusive));
    CHECK(FileLock::is_held(scratch / "lock") == false);  // nobody has it alone
  }
  const std::optional<FileLock> alone = FileLock::attempt(scratch / "lock", LockMode::exclusive);
  REQUIRE(alone);
  CHECK(FileLock::is_held(scratch / "lock"));
  CHECK_FALSE(FileLock::attempt(scratch / "lock", LockMode::shared));
}

TEST_CASE("asking whether a lock is held makes no file") {
  const Scratch scratch;
  CHECK_FALSE(FileLock::is_held(scratch / "lock"));
  CHECK_FALSE(fs::exists(scratch / "lock"));
}

TEST_CASE("whoever waits for a lock whose file is removed gets the new one") {
  const Scratch scratch;
  std::optional<FileLock> first(scratch / "lock");
  std::atomic<bool> waits{false};
  std::atomic<bool> second_has_it{false};
  std::atomic<bool> end{false};
  std::thread second([&] {
    const FileLock lock(scratch / "lock", [&] { waits = true; });
    second_has_it = true;
    eventually([&] { return end.load(); });
  });
  CHECK(eventually([&] { return waits.load(); }));
  fs::remove(scratch / "lock");
  first.reset();
  CHECK(eventually([&] { return second_has_it.load(); }));
  CHECK_FALSE(FileLock::attempt(scratch / "lock", LockMode::exclusive));
  end = true;
  second.join();
}

TEST_CASE("a lock can be kept by what the process becomes") {
  const Scratch scratch;
  const int status = in_child([&] {
    const FileLock lock(scratch / "lock", {}, LockMode::shared);
    lock.keep_through_exec();
    const std::string command =
        "flock --exclusive --nonblock '" + (scratch / "lock").string() + "' true && exit 1; exit 7";
    ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    return 98;
  });
  CHECK(status == 7);
  CHECK(FileLock::attempt(scratch / "lock", LockMode::exclusive));
}
