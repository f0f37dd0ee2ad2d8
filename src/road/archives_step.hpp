// The step from a toolchain to upstream's archives of it.
#pragma once

#include "road/step_parts.hpp"

namespace gostrap {

struct ArchivesStep {
  HostedPort at;
  bool reference = false;  ///< of the toolchain made by GOOS/GOARCH make.bash
  Profile profile;         ///< the host's
  Need host, toolchain;    ///< the toolchain is the one for the port

  Output output() const { return {Kind::archives, &at.release(), at.port(), reference, profile}; }
  std::vector<Need> needs() const { return {host, toolchain}; }
  std::string inputs(const Keys& keys) const;
  Making make(const Outputs& of, const std::filesystem::path& place, const Workshop& workshop) const;
};

}  // namespace gostrap
