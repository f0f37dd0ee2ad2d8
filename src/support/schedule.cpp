#include "support/schedule.hpp"

#include "support/error.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace gostrap {
namespace {

class Schedule {
 public:
  Schedule(const std::vector<Job>& jobs, const std::function<void(std::size_t)>& run)
      : jobs_(jobs), run_(run), outcomes_(jobs.size()) {}

  std::vector<JobOutcome> work(std::size_t workers) {
    std::vector<std::thread> threads;
    for (std::size_t number = 1; number < std::min(workers, jobs_.size()); ++number) {
      threads.emplace_back([this] { take_jobs(); });
    }
    take_jobs();
    for (std::thread& thread : threads) thread.join();
    if (stopped_) std::rethrow_exception(stopped_);
    return std::move(outcomes_);
  }

 private:
  void take_jobs() {
    std::unique_lock lock(mutex_);
    while (true) {
      leave_out();
      const std::size_t job = first_ready();
      if (job == jobs_.size()) {
        if (is_over()) return;
        changed_.wait(lock);
        continue;
      }
      outcomes_[job].state = JobState::running;
      lock.unlock();
      std::exception_ptr failure;
      bool stop = false;
      try {
        run_(job);
      } catch (const Interrupted&) {
        failure = std::current_exception();
        stop = true;
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      if (stop) stopped_ = failure;
      outcomes_[job] = {failure ? JobState::failed : JobState::done, failure};
      changed_.notify_all();
    }
  }

  bool any_need(std::size_t job, JobState state) const {
    return std::any_of(jobs_[job].needs.begin(), jobs_[job].needs.end(),
                       [&](std::size_t need) { return outcomes_[need].state == state; });
  }

  /// Jobs stand after those they need, so one pass reaches all.
  void leave_out() {
    for (std::size_t job = 0; job < jobs_.size(); ++job) {
      if (outcomes_[job].state != JobState::waiting) continue;
      if (stopped_ || any_need(job, JobState::failed) || any_need(job, JobState::left_out))
        outcomes_[job].state = JobState::left_out;
    }
  }

  std::size_t first_ready() const {
    std::size_t job = 0;
    while (job < jobs_.size() && (outcomes_[job].state != JobState::waiting ||
                                  any_need(job, JobState::waiting) || any_need(job, JobState::running))) {
      ++job;
    }
    return job;
  }

  bool is_over() const {
    return std::none_of(outcomes_.begin(), outcomes_.end(),
                        [](const JobOutcome& each) { return each.state == JobState::waiting; });
  }

  const std::vector<Job>& jobs_;
  const std::function<void(std::size_t)>& run_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<JobOutcome> outcomes_;
  std::exception_ptr stopped_;
};

}  // namespace

std::vector<JobOutcome> run_schedule(const std::vector<Job>& jobs, std::size_t workers,
                                     const std::function<void(std::size_t)>& run) {
  return Schedule(jobs, run).work(std::max<std::size_t>(workers, 1));
}

}  // namespace gostrap
