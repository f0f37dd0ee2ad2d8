#include "bundle/write_queue.hpp"

#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t bytes_waiting = std::size_t{16} << 20U;
constexpr std::size_t batch_bytes = std::size_t{512} << 10U;
constexpr std::size_t batch_jobs = 64;
constexpr std::size_t job_weight = 512;  // beside its bytes

}  // namespace

WriteQueue::WriteQueue() : in_order_(1, bytes_waiting), free_(useful_threads(), bytes_waiting) {}

void WriteQueue::add(std::size_t weight, Job job) {
  batch_.push_back(std::move(job));
  batch_weight_ += weight + job_weight;
  if (batch_.size() >= batch_jobs || batch_weight_ >= batch_bytes) send_batch();
}

void WriteQueue::add_in_order(std::size_t weight, Job job) {
  in_order_.add(weight + job_weight, std::move(job));
}

void WriteQueue::send_batch() {
  if (batch_.empty()) return;
  free_.add(std::exchange(batch_weight_, 0), [batch = std::exchange(batch_, {})] {
    for (const Job& job : batch) job();
  });
}

void WriteQueue::wait() {
  send_batch();
  in_order_.wait();
  free_.wait();
}

void WriteQueue::finish() {
  send_batch();
  in_order_.finish();
  free_.finish();
}

}  // namespace gostrap
