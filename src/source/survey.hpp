// What a source tree says of itself: the facts that nix/releases keeps of it.
#pragma once

#include "release/port.hpp"
#include "release/version.hpp"

#include <filesystem>
#include <vector>

namespace gostrap {

struct Survey {
  Version version;          ///< the first line of VERSION
  Version bootstrap;        ///< bootgo in src/make.bash
  std::vector<Port> ports;  ///< distInfo in src/internal/platform/zosarch.go, without the broken ones
};

/// Throws Error, naming the file, when one of them is missing or reads differently.
Survey survey_source(const std::filesystem::path& tree);

}  // namespace gostrap
