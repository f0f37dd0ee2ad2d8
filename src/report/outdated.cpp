#include "report/outdated.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace gostrap {
namespace {

/// The newest released patch of the line, if it is newer than `than`.
std::optional<Version> newer_patch(const Version& of, const Version& than,
                                   const std::vector<Version>& versions) {
  std::optional<Version> newest;
  for (const Version& version : versions) {
    const bool counts = same_line(version, of) && version.stage == Version::released && version > than;
    if (counts && (!newest || version > *newest)) newest = version;
  }
  return newest;
}

}  // namespace

std::vector<ReleaseStatus> release_statuses(const Store& store, const Releases& releases,
                                            const std::vector<Version>& published) {
  const std::vector<Version> pinned = releases.versions();
  int newest_minor = 0;
  for (const auto& versions : {std::cref(pinned), std::cref(published)}) {
    for (const Version& version : versions.get()) {
      if (version.major == 1 && version.stage == Version::released)
        newest_minor = std::max(newest_minor, version.minor);
    }
  }
  std::map<Version, ReleaseStatus, std::greater<>> found;
  for (const StoreEntry& entry : store.entries()) {
    const std::optional<Version> version = parse_version(entry.release);
    if (!version) continue;
    ReleaseStatus& standing = found[*version];
    standing.version = *version;
    if (entry.kind != Kind::source) standing.entries.push_back(entry);
  }
  std::vector<ReleaseStatus> all;
  for (auto& [version, standing] : found) {
    standing.pinned = newer_patch(version, version, pinned);
    standing.published = newer_patch(version, standing.pinned.value_or(version), published);
    if (version.major == 1 && version.minor + 2 <= newest_minor)
      standing.unsupported_since = Version{1, version.minor + 2};
    all.push_back(std::move(standing));
  }
  return all;
}

}  // namespace gostrap
