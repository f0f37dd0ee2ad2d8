// A user's own file of releases, and what is added to it: all that stands there already keeps its values.
#pragma once

#include "release/releases.hpp"

#include <filesystem>
#include <vector>

namespace gostrap {

/// Writes entries for these into the file, in place of those of the same versions; one process at a time.
/// Throws Error, and leaves the file as it is, where it would not be one of releases then.
void add_own_releases(const std::filesystem::path& file, const std::vector<Release>& added);

/// Writes down the NAR hash of a source that has been seen for the first time.
void add_seen_source(const std::filesystem::path& file, const Version& version, const Digest& nar);

/// Throws Error, as reading it from `file` would, for what no entry can have.
void require_possible_entry(const Release& release, const std::filesystem::path& file);

}  // namespace gostrap
