// gostrap release update: what upstream has published since, from its index and its tags.
#include "cli/release_news.hpp"
#include "cli/release_place.hpp"
#include "cli/upstream.hpp"
#include "cli/verbs.hpp"
#include "support/error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace gostrap {
namespace {

struct UpdateWords {
  CommonWords common;
  IndexWord index;
  std::optional<std::string> from;
  ReleasePlace place;
  bool dry_run = false;
  PatienceWords patience;

  void declare(Options& options) {
    common.declare(options);
    index.declare(options, " (default: go.dev's own)");
    options.add("from", "the git repository whose tags tell the commits (default: Go's own)", "ORIGIN", from);
    place.declare(options);
    options.add("dry-run", "say what there is, and write nothing", dry_run);
    patience.declare(options);
  }
};

/// Whether a tag could tell something that is not known.
bool lacks_commits(const std::vector<ListedRelease>& listed, const ReleaseNews& news, const Releases& known) {
  return !news.added.empty() || std::any_of(listed.begin(), listed.end(), [&](const ListedRelease& each) {
    const Release* const there = known.find(each.version);
    return there != nullptr && there->commit.empty();
  });
}

ToldNews look(const UpdateWords& words, const Releases& known) {
  const auto watcher = words.common.progress();
  const auto progress = watcher->begin({});
  const Patience patience = words.patience.patience();
  const bool offline = words.common.offline();
  const JsonDocument document = read_index_document(words.index.name(), offline, patience, *progress);
  ReleaseIndex index = read_index(document.view());
  ToldNews told{news_of(index.releases, known, {}), {}, std::move(index.left_out)};
  if (words.from || lacks_commits(index.releases, told.news, known)) {
    told.tags =
        upstream_tags(upstream_origins(words.from), words.from.has_value(), offline, patience, *progress);
    told.news = news_of(index.releases, known, told.tags.commits);
  }
  return told;
}

ExitCode update_releases(const UpdateWords& words) {
  const Releases known = words.place.known(words.common);
  const ToldNews told = look(words, known);
  const std::vector<Release> taken = told.taken();
  const bool writes = !words.dry_run && !taken.empty();
  if (writes) words.place.add(words.common, taken);
  const std::string written = writes ? words.place.name(words.common) : std::string();
  if (words.common.json) {
    Json json = to_json(told);
    json["written"] = writes ? Json(written) : Json();
    print_json(json);
  } else {
    print(told, known);
    if (writes) std::cout << counted_releases(taken.size()) << " written to " << written << "\n";
    if (words.dry_run && !taken.empty()) std::cout << "Nothing was written: --dry-run\n";
  }
  return told.news.disagreements.empty() ? ExitCode::done : ExitCode::difference;
}

}  // namespace

const Verb release_update_verb{
    .name = "release update",
    .arguments = "[--index FILE|URL] [--dry-run] [OPTIONS]",
    .summary = nullptr,
    .help =
        "Adds to your own releases file what upstream has published since: its download index says the files "
        "and\n"
        "their checksums, the tags of its repository the commits, and nothing is fetched beside these. One "
        "whose\n"
        "tag nobody tells is pinned by its archive alone. What is known already keeps its pins; where index "
        "or "
        "tags\n"
        "say otherwise that is told, with exit code 1, and nothing is taken for that release. With --into, "
        "the "
        "files\n"
        "of a directory such as gostrap's own nix/releases are written, and what it has is what is known.\n",
    .group = VerbGroup::part_of_another,
    .brief = "",
    .examples = {{{"gostrap release update --dry-run", "what is new upstream"}}},
    .bind = bind<UpdateWords, update_releases>,
};

}  // namespace gostrap
