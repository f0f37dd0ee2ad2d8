// Where what a patch wants to change stands now: files of Go's source move between releases, and what is
// written about them does not move along.
#pragma once

#include <filesystem>
#include <string>

namespace gostrap {

/// A sentence that names the files of `tree` which define what the patch changes in `path`, or have its name;
/// "" where there are none. `patch` is its text.
std::string where_it_is_now(const std::filesystem::path& tree, const std::string& path,
                            const std::string& patch);

}  // namespace gostrap
