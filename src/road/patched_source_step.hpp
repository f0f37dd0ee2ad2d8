// The step from a source to the same with a profile's patches on it.
#pragma once

#include "road/step_parts.hpp"
#include "source/patch.hpp"

namespace gostrap {

struct PatchedSourceStep {
  const Release* release;
  Profile profile;             ///< of which it has the patches alone
  std::vector<Patch> patches;  ///< those that the profile names
  Need source;

  Output output() const;
  std::vector<Need> needs() const { return {source}; }
  std::string inputs(const Keys& keys) const;
  Making make(const Outputs& of, const std::filesystem::path& place, const Workshop& workshop) const;
};

}  // namespace gostrap
