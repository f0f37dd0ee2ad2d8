#include "support/schedule.hpp"

#include "support/error.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <mutex>

using namespace gostrap;

namespace {

std::vector<JobState> states(const std::vector<JobOutcome>& outcomes) {
  std::vector<JobState> states;
  for (const JobOutcome& outcome : outcomes) states.push_back(outcome.state);
  return states;
}

}  // namespace

TEST_CASE("one worker takes the jobs in their order") {
  std::vector<std::size_t> order;
  run_schedule({{}, {}, {{0}}, {}}, 1, [&](std::size_t job) { order.push_back(job); });
  CHECK(order == std::vector<std::size_t>{0, 1, 2, 3});
}

TEST_CASE("a job begins after those it needs, however many workers there are") {
  const std::vector<Job> jobs{{}, {{0}}, {{0}}, {{1, 2}}, {{3}}, {}, {{4, 5}}};
  for (const std::size_t workers : {1U, 2U, 8U}) {
    std::mutex mutex;
    std::vector<std::size_t> ended;
    const auto outcomes = run_schedule(jobs, workers, [&](std::size_t job) {
      const std::lock_guard lock(mutex);
      for (const std::size_t need : jobs[job].needs) {
        CHECK(std::find(ended.begin(), ended.end(), need) != ended.end());
      }
      ended.push_back(job);
    });
    CHECK(ended.size() == jobs.size());
    CHECK(states(outcomes) == std::vector<JobState>(jobs.size(), JobState::done));
  }
}

TEST_CASE("as many run at a time as there are workers, and no more") {
  std::latch together(3);  // not passed by fewer than three at a time
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  run_schedule(std::vector<Job>(6), 3, [&](std::size_t job) {
    const int now = ++running;
    for (int before = most; before < now && !most.compare_exchange_weak(before, now);) {
    }
    if (job < 3) together.arrive_and_wait();
    --running;
  });
  CHECK(most == 3);
}

TEST_CASE("one failure stops nothing but what needs it") {
  const auto outcomes = run_schedule({{}, {{0}}, {{1}}, {}, {{3}}}, 2, [](std::size_t job) {
    if (job == 0) throw Error("build the first", "it cannot be built");
  });
  CHECK(states(outcomes) == std::vector<JobState>{JobState::failed, JobState::left_out, JobState::left_out,
                                                  JobState::done, JobState::done});
  CHECK(testing::contains(testing::error_of([&] { std::rethrow_exception(outcomes[0].failure); }),
                          "the first"));
}

TEST_CASE("after an interrupt nothing begins any more") {
  std::atomic<int> begun = 0;
  CHECK_THROWS_AS(run_schedule(std::vector<Job>(50), 2,
                               [&](std::size_t) {
                                 ++begun;
                                 throw Interrupted();
                               }),
                  Interrupted);
  CHECK(begun <= 2);
}

TEST_CASE("nothing to do is no work") {
  CHECK(run_schedule({}, 4, [](std::size_t) { FAIL("there is no job"); }).empty());
}
