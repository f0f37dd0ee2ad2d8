// Making a damaged entry of the store again, in its place, as its provenance tells.
#pragma once

#include "road/realise.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

/// Makes the entry at `path` again, and before it what it is made from where that is damaged too: files are
/// shared between entries as hard links. What is sound stays. Returns the names of what was made, nothing
/// when the entry is sound. When it cannot be made again, an Error says why, and the damaged one stays where
/// it is.
std::vector<std::string> repair(const std::filesystem::path& path, const Releases& releases,
                                const Store& store, const RealiseOptions& options,
                                const std::optional<std::filesystem::path>& bootstrap, PlanProgress& watcher);

}  // namespace gostrap
