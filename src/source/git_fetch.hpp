// One commit from a git server into a fresh repository.
#pragma once

#include "release/release.hpp"
#include "source/git_connection.hpp"
#include "source/git_handles.hpp"
#include "source/git_pack_store.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace gostrap::git {

struct Fetched {
  std::unique_ptr<PackStore> objects;  ///< nothing where the history had to come along: then they are on disk
  Repository repository;               ///< uses `objects`, so it goes first
  std::string commit;                  ///< that the tag is on
};

/// A bare repository in the empty directory `place` that holds the release's commit and its tree.
Fetched fetch_commit(const Release& release, const std::string& url, const std::filesystem::path& place,
                     const Transfer& transfer);

/// The tags of a server and the commits they are on, without a fetch. `place` is an empty directory.
std::map<std::string, std::string> tags_of(const std::string& url, const std::filesystem::path& place,
                                           const Transfer& transfer);

}  // namespace gostrap::git
