#include "release/news.hpp"

#include "support/encoding.hpp"

namespace gostrap {
namespace {

/// The newest that is known of its line.
const Release* of_line(const Version& version, const Releases& known) {
  for (const Version& each : known.versions()) {
    if (same_line(each, version)) return known.find(each);
  }
  return nullptr;
}

/// Empty where it is not known.
std::string commit_of(const Release& release, const std::map<std::string, std::string>& commits) {
  const auto there = commits.find(release.tag);
  return there != commits.end() && is_hex(there->second, 40) ? there->second : std::string();
}

Release added_release(const ListedRelease& listed, const Release& sibling,
                      const std::map<std::string, std::string>& commits) {
  Release release;
  release.version = listed.version;
  release.tag = release.name();
  release.commit = commit_of(release, commits);
  release.source_archive = listed.published.source_archive;
  release.archives = listed.published.archives;
  release.bootstrap = sibling.bootstrap;
  release.ports = sibling.ports;
  release.origins = sibling.origins;
  return release;
}

void compare(const std::string& what, const std::string& ours, const std::string& theirs, ReleaseNews& news) {
  if (ours != theirs) news.disagreements.push_back({what, ours, theirs});
}

void take_known(const ListedRelease& listed, const Release& known, const std::string& commit,
                ReleaseNews& news) {
  const auto& [source_archive, archives] = listed.published;
  const std::size_t before = news.disagreements.size();
  Release completed = known;
  if (known.source_archive) {
    compare(known.name() + ".src.tar.gz", hex(*known.source_archive), hex(source_archive), news);
  } else {
    completed.source_archive = source_archive;
  }
  if (known.commit.empty()) {
    completed.commit = commit;
  } else if (!commit.empty()) {
    compare(known.name() + "'s tag", known.commit, commit, news);
  }
  for (const auto& [file, digest] : archives) {
    const auto [there, is_new] = completed.archives.emplace(file, digest);
    if (!is_new) compare(file, hex(there->second), hex(digest), news);
  }
  // from an index that says otherwise nothing more is taken
  if (news.disagreements.size() > before) return;
  const bool has_more = completed.archives.size() > known.archives.size() || !known.source_archive ||
                        completed.commit != known.commit;
  if (has_more) news.completed.push_back(std::move(completed));
}

}  // namespace

ReleaseNews news_of(const std::vector<ListedRelease>& listed, const Releases& known,
                    const std::map<std::string, std::string>& commits) {
  ReleaseNews news;
  for (const ListedRelease& each : listed) {
    if (const Release* const there = known.find(each.version)) {
      take_known(each, *there, commit_of(*there, commits), news);
    } else if (const Release* const sibling = of_line(each.version, known)) {
      news.added.push_back(added_release(each, *sibling, commits));
    } else {
      news.of_new_lines.push_back(each.version);
    }
  }
  return news;
}

}  // namespace gostrap
