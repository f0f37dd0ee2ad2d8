// What it takes to build an output once more.
#pragma once

#include "release/releases.hpp"
#include "road/realise.hpp"

#include <filesystem>
#include <optional>

namespace gostrap {

struct BuildSetup {
  const Releases& releases;
  const Store& store;
  RealiseOptions options;  ///< where sources come from, beside the store
  std::optional<std::filesystem::path> bootstrap;
};

}  // namespace gostrap
