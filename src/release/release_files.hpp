// A directory with a file a release, as nix/releases/ is: what ships with the next gostrap, and what Nix
// reads.
#pragma once

#include "release/releases.hpp"

#include <filesystem>
#include <vector>

namespace gostrap {

/// The releases of V.json in it, and the default of default.json where that is there. Throws Error, with the
/// place, for what building gostrap from the directory would refuse, or would take for something else.
Releases releases_in(const std::filesystem::path& directory);

/// The text of an entry's file, byte for byte as the ones that ship.
std::string file_text(const Release& release);

/// Writes the files of these, each at once, in place of those of the same versions. Throws Error, before
/// anything is written, where one of them could not be read again.
void write_release_files(const std::filesystem::path& directory, const std::vector<Release>& releases);

}  // namespace gostrap
