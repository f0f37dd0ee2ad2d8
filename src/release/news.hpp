// What upstream's index has that is not known here.
#pragma once

#include "release/index.hpp"
#include "release/releases.hpp"

#include <map>
#include <string>
#include <vector>

namespace gostrap {

struct ReleaseNews {
  /// Known from now on, with the bootstrap and the ports of its line, which patches do not change.
  std::vector<Release> added;
  /// Known already, with archives that were published since.
  std::vector<Release> completed;
  /// The first of a line: what it needs and where it runs is in its source only (`gostrap release add`).
  std::vector<Version> of_new_lines;
  /// "go1.24.4.linux-arm64.tar.gz is pinned to X, and the index says Y".
  std::vector<std::string> disagreements;
};

/// Of releases from 1.21 on. `commits` are those that upstream's tags are on, as far as they are known.
ReleaseNews news_of(const std::vector<ListedRelease>& listed, const Releases& known,
                    const std::map<std::string, std::string>& commits);

}  // namespace gostrap
