// One commit from a git server into a fresh repository.
#pragma once

#include "release/release.hpp"
#include "source/git.hpp"
#include "source/git_handles.hpp"
#include "source/git_pack_store.hpp"
#include "source/patience.hpp"
#include "support/progress.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace gostrap {

/// Both are said of a server and of a local repository alike; see git.cpp.
void require_pinned_commit(const Release& release, const std::string& found, const std::string& doing);
Error tag_missing(const Release& release, const std::string& doing);

}  // namespace gostrap

namespace gostrap::git {

struct Fetched {
  std::unique_ptr<PackStore> objects;  ///< nothing where the history had to come along: then they are on disk
  Repository repository;               ///< uses `objects`, so it goes first
};

/// A bare repository in the empty directory `place` that holds the release's commit and its tree.
Fetched fetch_commit(const Release& release, const std::string& url, const std::filesystem::path& place,
                     const Limits& limits, const Patience& patience, const std::string& doing,
                     Progress& progress);

}  // namespace gostrap::git
