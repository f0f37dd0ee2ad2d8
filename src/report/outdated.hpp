// outdated: which releases in the store have a newer patch release, among those that are pinned here and
// those that upstream's index lists.
#pragma once

#include "release/releases.hpp"
#include "store/store.hpp"

#include <optional>
#include <vector>

namespace gostrap {

struct ReleaseStatus {
  Version version;                   ///< of entries in the store
  std::vector<StoreEntry> entries;   ///< without the sources
  std::optional<Version> pinned;     ///< the newest patch of its line that can be built here, if it is newer
  std::optional<Version> published;  ///< the newest of its line in the index, if newer than both
  /// Upstream supports the two newest lines (go.dev/doc/devel/release); nothing where the line is one of
  /// them, as far as is known here.
  std::optional<Version> unsupported_since;  ///< the first release of the line that ended it
};

/// One for each release in the store, newest first. `published` comes from an index, or is empty.
std::vector<ReleaseStatus> release_statuses(const Store& store, const Releases& releases,
                                            const std::vector<Version>& published);

}  // namespace gostrap
