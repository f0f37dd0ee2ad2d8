#include "support/thread_pool.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace gostrap {

ThreadPool::ThreadPool(unsigned threads, std::size_t capacity) : jobs_(capacity) {
  threads_.reserve(threads);
  try {
    for (unsigned each = 0; each < threads; ++each) threads_.emplace_back([this] { work(); });
  } catch (...) {
    jobs_.close();
    join();
    throw;
  }
}

ThreadPool::~ThreadPool() {
  jobs_.close();
  join();
}

void ThreadPool::join() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void ThreadPool::add(std::size_t weight, std::function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    ++unfinished_;
  }
  if (jobs_.push(std::move(job), weight)) return;
  const std::lock_guard lock(mutex_);
  if (failure_) std::rethrow_exception(failure_);
}

void ThreadPool::wait() {
  std::unique_lock lock(mutex_);
  settled_.wait(lock, [&] { return failure_ || unfinished_ == 0; });
  if (failure_) std::rethrow_exception(failure_);
}

void ThreadPool::finish() {
  jobs_.end();
  join();
  if (failure_) std::rethrow_exception(failure_);
}

void ThreadPool::work() {
  while (std::optional<Job> job = jobs_.pop()) {
    std::exception_ptr failure;
    try {
      (*job)();
    } catch (...) {
      failure = std::current_exception();
    }
    job.reset();
    done(failure);
  }
}

void ThreadPool::done(const std::exception_ptr& failure) {
  {
    const std::lock_guard lock(mutex_);
    --unfinished_;
    if (failure && !failure_) failure_ = failure;
  }
  if (failure) jobs_.close();
  settled_.notify_all();
}

unsigned useful_threads() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
}

}  // namespace gostrap
