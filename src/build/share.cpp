#include "build/share.hpp"

#include <algorithm>

namespace gostrap {

Share share_out(unsigned processors, std::uint64_t memory) {
  constexpr std::uint64_t memory_of_one = 2'500'000'000;
  if (processors <= 1) return {1, 1};
  const std::uint64_t wanted = std::max(2U, processors / 2);
  const std::size_t workers = std::clamp<std::uint64_t>(memory / memory_of_one, 1, wanted);
  return {workers, std::max(2U, static_cast<unsigned>(std::uint64_t{2} * processors / workers))};
}

}  // namespace gostrap
