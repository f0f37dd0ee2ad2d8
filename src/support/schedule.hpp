// The schedule: runs jobs that need each other, several at a time, so that all processors have work from the
// first minute to the last. It knows nothing of what the jobs do.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <vector>

namespace gostrap {

struct Job {
  std::vector<std::size_t> needs;  ///< jobs that have to be done before, by index
};

enum class JobState { waiting, running, done, failed, left_out };

/// What became of a job: left_out when one that it needs failed, or when all had to stop.
struct JobOutcome {
  JobState state = JobState::waiting;
  std::exception_ptr failure;  ///< of one that failed
};

/// Calls run(index) for each job, in its own thread, at most `workers` at a time; of those that are ready the
/// first begins. A job that throws fails, and the others go on. After Interrupted no further job begins; it
/// is thrown again when those that run have ended.
std::vector<JobOutcome> run_schedule(const std::vector<Job>& jobs, std::size_t workers,
                                     const std::function<void(std::size_t)>& run);

}  // namespace gostrap
