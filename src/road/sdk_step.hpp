// The step from a host toolchain to an SDK: it runs here and targets a port.
#pragma once

#include "road/step_parts.hpp"

namespace gostrap {

struct SdkStep {
  ReleasePort at;
  Profile profile;  ///< the host's, and what is bound in the SDK
  Need host;

  Output output() const { return {Kind::sdk, &at.release(), at.port(), false, profile}; }
  std::vector<Need> needs() const { return {host}; }
  std::string inputs(const Keys& keys) const;
  Making make(const Outputs& of, const std::filesystem::path& place, const Workshop& workshop) const;
};

}  // namespace gostrap
