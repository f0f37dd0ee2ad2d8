// The decompressed bytes of a bundle, made ahead by a thread. Its size and ratio are bounded here, and so is
// what stands behind its end.
#pragma once

#include "archive/bounds.hpp"
#include "bundle/volumes.hpp"
#include "support/bounded_queue.hpp"
#include "support/error.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

namespace gostrap {

class ZstdStream {
 public:
  ZstdStream(std::unique_ptr<ByteSource> source, const Limits& limits);
  ~ZstdStream();
  ZstdStream(const ZstdStream&) = delete;
  ZstdStream& operator=(const ZstdStream&) = delete;

  /// Nothing at the end.
  std::string next() { return blocks_.pop().value_or(""); }

  const std::string& name() const { return source_->name(); }
  /// "read BUNDLE", for errors
  const std::string& doing() const { return doing_; }
  std::uint64_t bytes_read() const { return read_.load(); }  ///< of the source, so far
  /// An error that says where to get the bundle again.
  Error refusal(const std::string& why) const;
  /// The error for one that ends where it should not, with the part that should come next.
  Error truncated() const;

 private:
  void decompress();
  void bound(std::size_t size);

  std::unique_ptr<ByteSource> source_;
  Limits limits_;
  std::string doing_;
  std::atomic<std::uint64_t> read_{0};
  std::uint64_t made_ = 0;  // of the thread only
  BoundedQueue<std::string> blocks_;
  std::thread worker_;  // last: it uses what stands above
};

}  // namespace gostrap
