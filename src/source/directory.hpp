// The source from a plain directory: an unpacked archive, a vendored copy, a Nix store path.
#pragma once

#include "archive/tree_writer.hpp"
#include "support/progress.hpp"

#include <filesystem>

namespace gostrap {

/// Copies what belongs to the source from `from` into the empty directory `destination`. Throws Error for
/// what a source cannot hold (devices, links out of it) and over the limits.
void copy_source(const std::filesystem::path& from, const std::filesystem::path& destination,
                 const Limits& limits, Progress& progress);

/// Throws Error when a tree lacks the files that every Go source has (VERSION, src/make.bash). `doing` names
/// it.
void require_go_source(const std::filesystem::path& tree, const std::string& doing);

}  // namespace gostrap
