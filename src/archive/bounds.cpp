#include "archive/bounds.hpp"

#include <algorithm>
#include <utility>

namespace gostrap {
namespace {

constexpr std::uint64_t ratio_floor = std::uint64_t{4}
                                      << 20U;  // so little harms nobody, whatever it came from

}  // namespace

Error over_limit(const std::string& doing, const std::string& what, std::uint64_t seen, std::uint64_t limit,
                 const std::string& option) {
  return {doing,
          "it has " + std::to_string(seen) + " " + what + " and maybe more; " + std::to_string(limit) +
              " is the limit",
          "If that is what you expect of it, raise the limit: " + option + " NUMBER."};
}

Bounds::Bounds(std::string doing, const Limits& limits) : doing_(std::move(doing)), limits_(limits) {}

void Bounds::bound_by_ratio(std::uint64_t archive_size) {
  const bool beyond = limits_.ratio != 0 && archive_size > UINT64_MAX / limits_.ratio;
  ratio_bytes_ = beyond ? UINT64_MAX : std::max(ratio_floor, archive_size * limits_.ratio);
}

void Bounds::count_bytes(std::uint64_t count) {
  const std::uint64_t before = bytes_.fetch_add(count);
  const std::uint64_t seen = before > UINT64_MAX - count ? UINT64_MAX : before + count;
  if (seen > limits_.bytes) throw over_limit(doing_, "bytes", seen, limits_.bytes, "--max-bytes");
  if (seen > ratio_bytes_) {
    throw Error(doing_,
                "it has " + std::to_string(seen) + " bytes and maybe more, which is over " +
                    std::to_string(limits_.ratio) + " times the size of the archive they came in",
                "If that is what you expect of it, raise the limit: --max-ratio NUMBER.");
  }
}

void Bounds::count_entry() {
  const std::uint64_t count = entries_.fetch_add(1) + 1;
  if (count > limits_.entries) throw over_limit(doing_, "entries", count, limits_.entries, "--max-entries");
}

void Bounds::check_depth(std::uint64_t depth) const {
  if (depth <= limits_.depth) return;
  throw over_limit(doing_, "directories, one in the other, in one path", depth, limits_.depth, "--max-depth");
}

}  // namespace gostrap
