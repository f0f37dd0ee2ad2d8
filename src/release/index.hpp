// go.dev's download index (https://go.dev/dl/?mode=json&include=all, saved to a file): what upstream
// published.
#pragma once

#include "release/version.hpp"
#include "support/hash.hpp"
#include "support/json.hpp"

#include <map>
#include <string>
#include <vector>

namespace gostrap {

struct Published {
  Digest source_archive{};                 ///< of goX.Y.Z.src.tar.gz
  std::map<std::string, Digest> archives;  ///< by the file's name; installers are left out
};

/// Throws Error when the index has no such release, or is not of the expected form.
Published published_files(const JsonView& index, const Version& version);

struct ListedRelease {
  Version version;
  Published published;
};

/// All that it lists with a source archive, candidates too, in its order.
std::vector<ListedRelease> listed_releases(const JsonView& index);

/// All that it lists, without pre-releases.
std::vector<Version> published_versions(const JsonView& index);

}  // namespace gostrap
