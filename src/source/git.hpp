// The source from git, over libgit2: one tag, as little history as the transport can leave out, and the tree
// written straight from the objects without a checkout.
#pragma once

#include "archive/tree_writer.hpp"
#include "release/release.hpp"
#include "source/request.hpp"
#include "support/progress.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace gostrap {

struct GitSource {
  std::string commit;  ///< that the tag is on, 40 hexadecimal digits
  std::string tree;    ///< of that commit
};

/// Fetches the release's tag from `url` (http, https, ssh, git or user@host:path) into a repository below the
/// request's scratch directory, and writes the source of the pinned commit into the empty directory
/// `destination`. Throws Error when the tag is missing or on
/// another commit (before anything is fetched), for what the network does (Transient where another try makes
/// sense; the retries are the caller's), and as TreeWriter does.
GitSource fetch_source(const Release& release, const std::string& url, const SourceRequest& request,
                       const std::filesystem::path& destination, Progress& progress);

/// The same from a repository on this machine, bare or not; it is read in place, without copying its history.
GitSource read_source(const Release& release, const std::filesystem::path& repository,
                      const std::filesystem::path& destination, const Limits& limits, Progress& progress);

/// The tags of a git repository, on the network or on this machine, and the commits they are on: nothing is
/// fetched. Throws as fetch_source does.
std::map<std::string, std::string> tags_of(const std::string& origin, const SourceRequest& request,
                                           Progress& progress);

/// Whether the libgit2 at hand can leave out a tag's history (1.7 and newer).
bool git_has_depth();

/// Whether a directory is a git repository: bare, or with .git in it.
bool is_git_repository(const std::filesystem::path& directory);

}  // namespace gostrap
