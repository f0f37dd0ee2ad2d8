#include "release/news.hpp"

#include "support/encoding.hpp"

namespace gostrap {
namespace {

constexpr int oldest_minor = 21;

/// The newest that is known of its line.
const Release* of_line(const Version& version, const Releases& known) {
  for (const Version& each : known.versions()) {
    if (each.major == version.major && each.minor == version.minor) return known.find(each);
  }
  return nullptr;
}

Release added_release(const ListedRelease& listed, const Release& sibling,
                      const std::map<std::string, std::string>& commits) {
  Release release;
  release.version = listed.version;
  release.tag = release.name();
  const auto commit = commits.find(release.tag);
  if (commit != commits.end() && is_hex(commit->second, 40)) release.commit = commit->second;
  release.source_archive = listed.published.source_archive;
  release.archives = listed.published.archives;
  release.bootstrap = sibling.bootstrap;
  release.ports = sibling.ports;
  release.origins = sibling.origins;
  return release;
}

void compare(const std::string& file, const Digest& ours, const Digest& theirs, ReleaseNews& news) {
  if (ours == theirs) return;
  news.disagreements.push_back(file + " is pinned to " + hex(ours) + ", and the index says " + hex(theirs));
}

void take_known(const ListedRelease& listed, const Release& known, ReleaseNews& news) {
  if (known.source_archive) {
    compare(known.name() + ".src.tar.gz", *known.source_archive, listed.published.source_archive, news);
  }
  Release completed = known;
  for (const auto& [file, digest] : listed.published.archives) {
    const auto there = known.archives.find(file);
    if (there != known.archives.end()) {
      compare(file, there->second, digest, news);
    } else if (known.may_publish(file)) {
      completed.archives[file] = digest;
    }
  }
  if (!completed.source_archive) completed.source_archive = listed.published.source_archive;
  const bool has_more = completed.archives.size() > known.archives.size() || !known.source_archive;
  if (has_more) news.completed.push_back(std::move(completed));
}

}  // namespace

ReleaseNews news_of(const std::vector<ListedRelease>& listed, const Releases& known,
                    const std::map<std::string, std::string>& commits) {
  ReleaseNews news;
  for (const ListedRelease& each : listed) {
    if (each.version.major == 1 && each.version.minor < oldest_minor) continue;
    if (const Release* const there = known.find(each.version)) {
      take_known(each, *there, news);
    } else if (const Release* const sibling = of_line(each.version, known)) {
      news.added.push_back(added_release(each, *sibling, commits));
    } else {
      news.of_new_lines.push_back(each.version);
    }
  }
  return news;
}

}  // namespace gostrap
