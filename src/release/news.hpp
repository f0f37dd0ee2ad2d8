// What upstream's index and its tags have that is not known here.
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
  /// Known already, with what was published since, or with the commit that was not known.
  std::vector<Release> completed;
  /// The first of a line: what it needs and where it runs is in its source only (`gostrap release add`).
  std::vector<Version> of_new_lines;
  struct Disagreement {
    std::string what, ours, theirs;  ///< a file's name, or "go1.24.4's tag"
  };
  std::vector<Disagreement> disagreements;

  bool empty() const {
    return added.empty() && completed.empty() && of_new_lines.empty() && disagreements.empty();
  }
};

/// `commits` are those that upstream's tags are on, by the tags' names, as far as they are known.
ReleaseNews news_of(const std::vector<ListedRelease>& listed, const Releases& known,
                    const std::map<std::string, std::string>& commits);

}  // namespace gostrap
