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

/// The end of that step: the output at `place`, of what make.sh has left in the directory `results`.
void lay_out_std(const std::filesystem::path& sdk, const std::filesystem::path& results,
                 const std::filesystem::path& place, Progress& progress);

}  // namespace gostrap
