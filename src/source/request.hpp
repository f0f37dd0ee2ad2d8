// What the maker of a source is told: which origins to try, and how much of them to take.
#pragma once

#include "archive/bounds.hpp"
#include "release/release.hpp"
#include "support/patience.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace gostrap {

struct SourceRequest {
  std::vector<std::string> origins;  ///< tried in order
  bool offline = false;              ///< leave out those on the network
  Limits limits;
  Patience patience;
  std::filesystem::path scratch;  ///< an existing private directory for clones
};

/// Where sources come from, of all releases.
struct SourceSettings {
  std::map<Version, std::vector<std::string>> origins{};  ///< of a release, instead of its own
  std::vector<std::string> every_origin{};                ///< of all others, instead of their own
  bool offline = false;
  Limits limits{};
  Patience patience{};
};
SourceRequest request_for(const Release& release, const SourceSettings& settings,
                          const std::filesystem::path& scratch);

}  // namespace gostrap
