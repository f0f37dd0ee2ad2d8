// The step from a host toolchain to the toolchain that runs on another port.
#pragma once

#include "road/step_parts.hpp"

namespace gostrap {

struct ToolchainStep {
  HostedPort at;
  bool reference = false;  ///< by GOOS/GOARCH make.bash, upstream's slow way
  Profile profile;         ///< the host's
  Need host;

  Output output() const { return {Kind::toolchain, &at.release(), at.port(), reference, profile}; }
  std::vector<Need> needs() const { return {host}; }
  std::string inputs(const Keys& keys) const;
  Making make(const Outputs& of, const std::filesystem::path& place, const Workshop& workshop) const;
};

}  // namespace gostrap
