// Where releases are written: a user's own file, or a directory with a file a release (--into).
#pragma once

#include "cli/common_words.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct ReleasePlace {
  std::optional<fs::path> directory;

  void declare(Options& options);
  /// Those that count as known: what the directory has, or what ships with the user's own. The user's file
  /// need not be there yet.
  Releases known(const CommonWords& words) const;
  /// Throws as add_own_releases and write_release_files do.
  void add(const CommonWords& words, const std::vector<Release>& releases) const;
  std::string name(const CommonWords& words) const;
};

}  // namespace gostrap
