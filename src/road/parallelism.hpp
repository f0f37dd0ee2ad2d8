// How a machine is shared out among the steps of a plan.
#pragma once

#include <cstddef>
#include <cstdint>

namespace gostrap {

struct Parallelism {
  std::size_t workers = 1;  ///< steps at a time
  unsigned jobs = 1;        ///< commands that Go runs at a time for each of them
  unsigned threads = 1;     ///< of each such command
};

/// For a plan with `ports` toolchains to compile, on a machine with `processors` and `memory` bytes. One step
/// alone leaves processors idle whenever Go links, and needs up to 2.5 GB. Steps side by side fill them with
/// more commands, not with more threads: a compiler's threads wait for each other, and for nothing when
/// others have the processors.
Parallelism parallelism_for(unsigned processors, std::uint64_t memory, std::size_t ports);

}  // namespace gostrap
