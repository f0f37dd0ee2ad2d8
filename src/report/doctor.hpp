// doctor: what is missing or dangerous on this machine, and the command that mends it, before a build finds
// out.
#pragma once

#include "release/releases.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct Finding {
  enum class Level {
    good,
    careful,  ///< builds will work, something else may surprise
    stops,    ///< a build would fail
  };
  Level level = Level::good;
  std::string name;  ///< "bootstrap", "disk", "GOROOT"
  std::string says;  ///< one line
  std::string mend;  ///< the command or sentence that mends it; empty where nothing needs to be
};

/// Looks at bootstraps for the default release, the store's disk, emulators, the environment and the kernel.
/// Nothing is changed, and the network is not touched.
/// Without a store there is no place for one: HOME is not set.
std::vector<Finding> examine(const Releases& releases, const std::optional<Store>& store);

}  // namespace gostrap
