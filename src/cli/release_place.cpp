#include "cli/release_place.hpp"

#include "release/own_releases.hpp"
#include "release/release_files.hpp"
#include "support/error.hpp"

namespace gostrap {

void ReleasePlace::declare(Options& options) {
  options.add("into", "a directory with a file a release, such as nix/releases, instead of your own file",
              "DIR", directory);
  options.check([this] {
    if (directory && directory->empty()) throw UsageError("--into is empty", "Such as: --into nix/releases");
  });
}

Releases ReleasePlace::known(const CommonWords& words) const {
  if (!directory) return Releases::load(words.releases_file());
  if (words.own_releases)
    throw UsageError("--into and --releases both say where releases are", "Leave one of them out.");
  return releases_in(*directory);
}

void ReleasePlace::add(const CommonWords& words, const std::vector<Release>& releases) const {
  if (directory) return write_release_files(*directory, releases);
  add_own_releases(words.releases_file(), releases);
}

std::string ReleasePlace::name(const CommonWords& words) const {
  return (directory ? *directory : words.releases_file()).string();
}

}  // namespace gostrap
