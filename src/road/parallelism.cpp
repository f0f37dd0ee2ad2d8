#include "road/parallelism.hpp"

#include <algorithm>

namespace gostrap {

Parallelism parallelism_for(unsigned processors, std::uint64_t memory, std::size_t ports) {
  constexpr std::uint64_t memory_of_one = 2'500'000'000;
  if (processors <= 1) return {1, 1, 1};
  const std::uint64_t wanted = std::max(2U, processors / 2);
  const std::size_t workers = std::clamp<std::uint64_t>(memory / memory_of_one, 1, wanted);
  const auto compiling = static_cast<unsigned>(std::clamp<std::size_t>(ports, 1, workers));
  if (compiling == 1) return {workers, processors, processors};
  return {workers, 2 * processors / compiling, processors / compiling};
}

}  // namespace gostrap
