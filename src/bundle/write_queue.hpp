// The threads that write what is unpacked while more of it is read.
#pragma once

#include "support/thread_pool.hpp"

#include <cstddef>
#include <functional>
#include <vector>

namespace gostrap {

/// `weight` is the number of bytes that a job holds; who adds to a full queue waits. What a job throws comes
/// out of any of these.
class WriteQueue {
 public:
  using Job = std::function<void()>;

  WriteQueue();

  /// By whichever thread is free: many at a time, since most files are small.
  void add(std::size_t weight, Job job);
  /// By one thread, in order.
  void add_in_order(std::size_t weight, Job job);
  /// Until all jobs so far are done.
  void wait();
  /// The same, and the threads end.
  void finish();

 private:
  void send_batch();

  std::vector<Job> batch_;
  std::size_t batch_weight_ = 0;
  ThreadPool in_order_, free_;
};

}  // namespace gostrap
