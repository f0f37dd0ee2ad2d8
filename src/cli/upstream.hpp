// What upstream says of its releases: its download index, and its tags. No file of a release is fetched.
#pragma once

#include "cli/common_words.hpp"
#include "support/json.hpp"
#include "support/patience.hpp"
#include "support/progress.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

/// --index FILE|URL, and go.dev's where it is not given.
struct IndexWord {
  std::optional<std::string> named;

  void declare(Options& options, const std::string& otherwise);
  std::string name() const;
};

/// The index of that name, a file or a URL, which may not be on the network where `offline` is. Throws Error,
/// before the network is touched, and for what is no JSON.
JsonDocument read_index_document(const std::string& name, bool offline, const Patience& patience,
                                 Progress& progress);

struct UpstreamTags {
  std::map<std::string, std::string> commits;  ///< by the tag's name
  std::string origin;                          ///< which told; empty where none did
};

/// Where upstream's repository is: `from` where it is named, else GOSTRAP_MIRROR, else Go's own.
std::vector<std::string> upstream_origins(const std::optional<std::string>& from);

/// The tags of the first of these that answers. Nothing where none does, or may be asked: each that fails
/// gets a note. One that was named by the user (`must`) throws instead.
UpstreamTags upstream_tags(const std::vector<std::string>& origins, bool must, bool offline,
                           const Patience& patience, Progress& progress);

}  // namespace gostrap
