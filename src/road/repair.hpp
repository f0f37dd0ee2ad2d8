// Making a damaged entry of the store again, in its place, as its provenance tells.
#pragma once

#include "road/build_setup.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

/// Makes the entry at `path` again, and before it what it is made from where that is damaged too: files are
/// shared between entries as hard links. What is sound stays. Returns the names of what was made, nothing
/// when the entry is sound. When it cannot be made again, an Error says why, and the damaged one stays where
/// it is.
std::vector<std::string> repair(const std::filesystem::path& path, const BuildSetup& setup,
                                PlanProgress& watcher);

}  // namespace gostrap
