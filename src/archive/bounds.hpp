// Bounds on what strangers send: how much of it there may be, counted while it is read.
#pragma once

#include "support/error.hpp"

#include <atomic>
#include <cstdint>
#include <string>

namespace gostrap {

/// Bounds on a source. The defaults are an order of magnitude above what a Go source has.
struct Limits {
  std::uint64_t bytes = std::uint64_t{2} << 30U;  ///< of all files together, and of what an origin sends
  std::uint64_t entries = 200'000;
  std::uint64_t depth = 64;   ///< components of a path
  std::uint64_t ratio = 100;  ///< bytes of all files, as a multiple of the size of the archive they came in
};

/// "it has more than 5 entries (6 and going on)", with the option that raises the limit as what to do next.
Error over_limit(const std::string& doing, const std::string& what, std::uint64_t seen, std::uint64_t limit,
                 const std::string& option);

/// The counter. `doing` stands in errors. May be used from several threads.
class Bounds {
 public:
  Bounds(std::string doing, const Limits& limits);

  /// From now on Limits::ratio holds too, for an archive of `archive_size` bytes.
  void bound_by_ratio(std::uint64_t archive_size);
  /// Both throw Error when it is too much.
  void count_bytes(std::uint64_t count);
  void count_entry();
  void check_depth(std::uint64_t depth) const;

  std::uint64_t bytes() const { return bytes_.load(); }
  std::uint64_t entries() const { return entries_.load(); }
  const std::string& doing() const { return doing_; }
  const Limits& limits() const { return limits_; }

 private:
  std::string doing_;
  Limits limits_;
  std::uint64_t ratio_bytes_ = UINT64_MAX;
  std::atomic<std::uint64_t> bytes_{0};
  std::atomic<std::uint64_t> entries_{0};
};

}  // namespace gostrap
