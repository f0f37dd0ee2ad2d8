#include "support/crew.hpp"

#include <algorithm>
#include <utility>

namespace gostrap {

Crew::Crew(unsigned threads, std::size_t capacity) : capacity_(capacity) {
  threads_.reserve(threads);
  try {
    for (unsigned each = 0; each < threads; ++each) threads_.emplace_back([this] { work(); });
  } catch (...) {
    stop();
    throw;
  }
}

Crew::~Crew() {
  stop();
}

void Crew::stop() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    queue_.clear();
  }
  filled_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Crew::add(std::size_t weight, std::function<void()> job) {
  std::unique_lock lock(mutex_);
  // a job heavier than the whole queue still gets in once the queue is empty
  emptied_.wait(lock, [&] { return failure_ || queue_.empty() || waiting_ + weight <= capacity_; });
  if (failure_) std::rethrow_exception(failure_);
  waiting_ += weight;
  queue_.push_back({weight, std::move(job)});
  lock.unlock();
  filled_.notify_one();
}

void Crew::wait() {
  std::unique_lock lock(mutex_);
  emptied_.wait(lock, [&] { return failure_ || (queue_.empty() && running_ == 0); });
  if (failure_) std::rethrow_exception(failure_);
}

void Crew::finish() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  filled_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  if (failure_) std::rethrow_exception(failure_);
}

void Crew::work() {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      filled_.wait(lock, [&] { return ending_ || !queue_.empty(); });
      if (queue_.empty()) return;
      job = std::move(queue_.front());
      queue_.pop_front();
      waiting_ -= job.weight;
      ++running_;
    }
    emptied_.notify_one();
    std::exception_ptr failure;
    try {
      job.run();
    } catch (...) {
      failure = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    --running_;
    if (failure && !failure_) failure_ = failure;
    if (failure_) {
      queue_.clear();
      waiting_ = 0;
    }
    emptied_.notify_one();
  }
}

unsigned useful_threads() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
}

}  // namespace gostrap
