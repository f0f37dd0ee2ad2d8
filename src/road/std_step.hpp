// The step from an SDK to what std's packages compile to with it.
#pragma once

#include "road/step_parts.hpp"

namespace gostrap {

struct StdStep {
  ReleasePort at;
  Profile profile;  ///< the SDK's
  Need sdk;

  Output output() const { return {Kind::compiled_std, &at.release(), at.port(), false, profile}; }
  std::vector<Need> needs() const { return {sdk}; }
  std::string inputs(const Keys& keys) const;
  Making make(const Outputs& of, const std::filesystem::path& place, const Workshop& workshop) const;
};

}  // namespace gostrap
