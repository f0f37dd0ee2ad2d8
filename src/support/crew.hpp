// A few threads that take jobs off a bounded queue: reading and unpacking go on while files are written.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace gostrap {

class Crew {
 public:
  /// `capacity` bounds the weights (bytes, say) of the jobs that wait.
  Crew(unsigned threads, std::size_t capacity);
  /// Drops what waits, ends what runs.
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  /// Queues a job; waits while the queue is full. Rethrows what an earlier job threw.
  void add(std::size_t weight, std::function<void()> job);
  /// Waits until every job so far is done, and rethrows as add() does.
  void wait();
  /// Waits for all jobs and ends the threads. Rethrows what the first failing one threw; those behind it were
  /// dropped.
  void finish();

 private:
  struct Job {
    std::size_t weight;
    std::function<void()> run;
  };
  void work();
  void stop();

  std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable filled_, emptied_;
  std::deque<Job> queue_;
  std::size_t waiting_ = 0;  ///< weights in the queue
  unsigned running_ = 0;
  std::exception_ptr failure_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

/// How many threads to use for work that is bound by a core: at least 1, at most 4.
unsigned useful_threads();

}  // namespace gostrap
