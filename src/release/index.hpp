// go.dev's download index (https://go.dev/dl/?mode=json&include=all): what upstream published. Where a whole
// index is read, what is wrong with one release is no reason to do without the others; what a release has is
// taken only where it is what it should be.
#pragma once

#include "release/version.hpp"
#include "support/hash.hpp"
#include "support/json.hpp"

#include <map>
#include <string>
#include <vector>

namespace gostrap {

inline constexpr int oldest_minor = 21;  ///< of the releases that are taken from an index

struct Published {
  Digest source_archive{};                 ///< of goX.Y.Z.src.tar.gz
  std::map<std::string, Digest> archives;  ///< by the file's name; installers are left out

  bool operator==(const Published&) const = default;
};

/// Throws Error when the index has no such release, or is not of the expected form.
Published published_files(const JsonView& index, const Version& version);

struct ListedRelease {
  Version version;
  Published published;
};

struct ReleaseIndex {
  std::vector<ListedRelease> releases;  ///< from 1.21 on, candidates too, in its order
  /// A sentence each: names that are none, checksums that are none, what is listed twice and differently, a
  /// release without a source archive, as one that is only being published.
  std::vector<std::string> left_out;
};

/// Throws Error where it is no such index at all, or lists no release that could be taken.
ReleaseIndex read_index(const JsonView& index);

/// All releases that it lists, without pre-releases, and without what is no version (Go 1 was "go1"). Throws
/// Error where it is no such index.
std::vector<Version> published_versions(const JsonView& index);

}  // namespace gostrap
