// The step from a release to its source: from the first origin that has it, checked against the pins.
#pragma once

#include "road/step_parts.hpp"

namespace gostrap {

struct SourceStep {
  const Release* release;

  Output output() const { return {Kind::source, release}; }
  std::vector<Need> needs() const { return {}; }
  std::string inputs(const Keys& keys) const;
  Making make(const Outputs& of, const std::filesystem::path& place, const Workshop& workshop) const;
};

}  // namespace gostrap
