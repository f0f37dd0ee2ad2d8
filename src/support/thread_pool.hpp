// A few threads that take jobs off a bounded queue: reading and unpacking go on while files are written.
#pragma once

#include "support/bounded_queue.hpp"

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace gostrap {

class ThreadPool {
 public:
  /// `capacity` bounds the weights (bytes, say) of the jobs that wait.
  ThreadPool(unsigned threads, std::size_t capacity);
  /// Drops what waits, ends what runs.
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  /// Queues a job; waits while the queue is full. Rethrows what an earlier job threw.
  void add(std::size_t weight, std::function<void()> job);
  /// Waits until every job so far is done, and rethrows as add() does.
  void wait();
  /// Waits for all jobs and ends the threads. Rethrows what the first failing one threw; those behind it were
  /// dropped.
  void finish();

 private:
  using Job = std::function<void()>;
  void work();
  void done(const std::exception_ptr& failure);
  void join();

  BoundedQueue<Job> jobs_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable settled_;
  std::size_t unfinished_ = 0;
  std::exception_ptr failure_;
  std::vector<std::thread> threads_;
};

/// How many threads to use for work that is bound by a core: at least 1, at most 4.
unsigned useful_threads();

}  // namespace gostrap
