// A queue from threads that make to threads that take. It is bounded by the weight of what waits in it
// (bytes, say): who makes faster than others take has to wait.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

namespace gostrap {

template <class Item>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  /// Waits for room; what is heavier than the whole queue gets in once it is empty. False after close() and
  /// end(): nobody will take it.
  bool push(Item item, std::size_t weight = 1) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return ended_ || items_.empty() || weight_ + weight <= capacity_; });
    if (ended_) return false;
    weight_ += weight;
    items_.emplace_back(std::move(item), weight);
    lock.unlock();
    filled_.notify_one();
    return true;
  }

  /// Waits for the next item. Once all were taken after end() there is none; after fail() its exception is
  /// thrown then.
  std::optional<Item> pop() {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [&] { return ended_ || !items_.empty(); });
    if (items_.empty()) {
      if (failure_) std::rethrow_exception(failure_);
      return std::nullopt;
    }
    std::optional<Item> item(std::move(items_.front().first));
    weight_ -= items_.front().second;
    items_.pop_front();
    // at half, or two threads would wake each other for every item
    const bool wake = weight_ <= capacity_ / 2;
    lock.unlock();
    if (wake) room_.notify_all();
    return item;
  }

  /// Nothing more comes; what waits can still be taken.
  void end() { fail(nullptr); }
  /// Nothing more comes, for this reason.
  void fail(std::exception_ptr reason) {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
      failure_ = std::move(reason);
    }
    wake_all();
  }
  /// Nothing more is taken: what waits is dropped.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
      items_.clear();
      weight_ = 0;
    }
    wake_all();
  }

 private:
  void wake_all() {
    room_.notify_all();
    filled_.notify_all();
  }

  std::size_t capacity_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable room_, filled_;
  std::deque<std::pair<Item, std::size_t>> items_;
  std::size_t weight_ = 0;
  std::exception_ptr failure_;
  bool ended_ = false;
};

}  // namespace gostrap
