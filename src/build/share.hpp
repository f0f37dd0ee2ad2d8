// How a machine is shared out among the steps of a plan.
#pragma once

#include <cstddef>
#include <cstdint>

namespace gostrap {

/// How many of a plan's steps run at a time, and the processors each may use, where there are `processors` of
/// them and `memory` bytes: one step alone leaves processors idle whenever Go links, and needs up to 2.5 GB.
struct Share {
  std::size_t workers = 1;
  unsigned processors = 1;
};
Share share_out(unsigned processors, std::uint64_t memory);

}  // namespace gostrap
