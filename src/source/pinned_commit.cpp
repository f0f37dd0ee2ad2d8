#include "source/pinned_commit.hpp"

namespace gostrap {

void require_pinned_commit(const Release& release, const std::string& found, const std::string& doing) {
  if (release.commit.empty() || found == release.commit) return;
  throw Error(
      doing,
      "its tag " + release.tag + " is on commit " + found + ", but " + release.name() +
          " is pinned to commit " + release.commit,
      "The tag was moved, or this is not a mirror of Go: do not build it. Name another origin: --from …");
}

Error tag_missing(const Release& release, const std::string& doing) {
  return {doing, "it has no tag " + release.tag,
          "Bring the mirror up to date (git fetch --tags), or name another origin: --from …"};
}

}  // namespace gostrap
