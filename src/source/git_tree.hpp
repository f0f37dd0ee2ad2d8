// From a commit in an object database to a tree on disk.
#pragma once

#include "source/git_handles.hpp"
#include "source/git_pack_store.hpp"
#include "source/tree_writer.hpp"
#include "support/progress.hpp"

#include <filesystem>
#include <string>

namespace gostrap::git {

/// Writes what belongs to the source of `commit` (40 hexadecimal digits) into the empty directory
/// `destination`, on all cores. Files are taken from `objects`, without a copy, where there is one.
void write_source(git_repository& repository, const PackStore* objects, const std::string& commit,
                  const std::filesystem::path& destination, const Limits& limits, const std::string& doing,
                  Progress& progress);

}  // namespace gostrap::git
