// gostrap release add: one release more, from upstream's index, its tags, and where that is not enough its
// source.
#include "cli/release_news.hpp"
#include "cli/release_place.hpp"
#include "cli/upstream.hpp"
#include "cli/verbs.hpp"
#include "release/own_releases.hpp"
#include "source/new_release.hpp"
#include "support/encoding.hpp"
#include "support/error.hpp"
#include "support/text.hpp"
#include "support/url.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {
namespace {

struct AddWords {
  CommonWords common;
  IndexWord index;
  std::optional<std::string> from, commit;
  ReleasePlace place;
  LimitsWords limits;
  PatienceWords patience;

  void declare(Options& options) {
    common.declare(options);
    index.declare(options, " (default: go.dev's own)");
    options.add("from",
                "the release's source, to be read for what it needs: git URL, archive or directory (default: "
                "nothing is read, or for the first of a line Go's own repository)",
                "ORIGIN", from);
    options.add("commit", "the commit its tag stands on (default: what the tag is on at Go's own repository)",
                "C", commit);
    place.declare(options);
    limits.declare(options);
    patience.declare(options);
  }

  Version version() const {
    const std::string argument = common.arguments.one("release, such as 1.24.4");
    const std::optional<Version> version = parse_version(argument);
    if (!version) throw UsageError("\"" + argument + "\" is not a Go version, such as 1.24.4");
    if (line_named(argument)) {
      throw UsageError(
          "\"" + argument + "\" is a line of releases, and one is to be added",
          "Its first is " + version->text() + "; `gostrap release update` adds all that are new.");
    }
    if (commit && !is_hex(*commit, 40)) {
      throw UsageError("--commit takes a commit in 40 lower-case hexadecimal digits, not \"" + *commit +
                       "\"");
    }
    return *version;
  }

  SourceRequest request() const {
    SourceRequest request;
    request.limits = limits.limits();
    request.patience = patience.patience();
    return request;
  }
};

bool is_on_network(const std::string& origin) {
  return gostrap::is_on_network(kind_of_origin(origin));
}

/// With the pins that its source gives, from the first of these that has it.
Release with_source(NewRelease named, const std::vector<std::string>& origins, const AddWords& words,
                    Progress& progress) {
  for (const std::string& origin : origins) {
    named.from = origin;
    try {
      return pinned_release(named, words.request(), progress);
    } catch (const Error& error) {
      if (&origin == &origins.back()) throw;
      progress.note(std::string(error.what()) + "; trying the next origin");
    }
  }
  throw Error("add go" + named.version.text(), "no origin of its source is known", "Name one: --from ORIGIN");
}

/// Those that may be asked for the source of the first of a line.
std::vector<std::string> origins_for(const AddWords& words, const Version& version) {
  std::vector<std::string> origins;
  for (const std::string& each : upstream_origins(words.from)) {
    if (!words.common.offline() || !is_on_network(each)) origins.push_back(each);
  }
  if (origins.empty()) {
    throw Error("add go" + version.text(),
                words.from
                    ? "its source is on the network, and --offline was given"
                    : "it is the first of its line: what it needs and where it runs is in its source only, "
                      "which is on the network, and --offline was given",
                "Name a source on this machine (a git repository, an archive or a directory): --from ORIGIN");
  }
  return origins;
}

std::map<std::string, std::string> given_commit(const AddWords& words, const Version& version) {
  return {{"go" + version.text(), *words.commit}};
}

/// The tags, where --commit has not said what there is to know.
UpstreamTags tags_for(const AddWords& words, const Version& version, Progress& progress) {
  if (words.commit) return {given_commit(words, version), "--commit"};
  return upstream_tags(upstream_origins({}), false, words.common.offline(), words.patience.patience(),
                       progress);
}

/// Where the source is not git's, the tags tell the commit; git's own is seen when the source is.
std::string commit_beside(const AddWords& words, const Version& version, Progress& progress) {
  if (words.commit) return *words.commit;
  const OriginKind kind = kind_of_origin(words.from.value_or(""));
  if (!words.from || kind == OriginKind::network || kind == OriginKind::repository) return {};
  const UpstreamTags tags = tags_for(words, version, progress);
  const auto there = tags.commits.find("go" + version.text());
  return there != tags.commits.end() ? there->second : std::string();
}

ToldNews look(const AddWords& words, const Version& version, const Releases& known) {
  const auto watcher = words.common.progress();
  const auto progress = watcher->begin({});
  const JsonDocument index =
      read_index_document(words.index.name(), words.common.offline(), words.patience.patience(), *progress);
  const ListedRelease listed{version, published_files(index.view(), version)};
  ToldNews told;
  if (!words.from) {
    told.news = news_of({listed}, known, {});
    if (told.news.of_new_lines.empty()) {
      told.tags = tags_for(words, version, *progress);
      told.news = news_of({listed}, known, told.tags.commits);
      return told;
    }
    told.news = {};
  }
  const std::vector<std::string> origins = origins_for(words, version);
  const std::string commit = commit_beside(words, version, *progress);
  told.news.added = {with_source({version, commit, listed.published, {}}, origins, words, *progress)};
  return told;
}

/// Before anything is written it is sure that what is wrong with an entry is not said of the file.
void write(const AddWords& words, const Release& release) {
  try {
    require_possible_entry(release, words.place.name(words.common));
  } catch (const Error& error) {
    throw Error("add " + release.name(),
                without_secrets(words.index.name()) + " gives what no entry can have: " + error.what(),
                "Nothing was written to " + words.place.name(words.common) + ".");
  }
  words.place.add(words.common, {release});
}

ExitCode add_release(const AddWords& words) {
  const Version version = words.version();
  const Releases known = words.place.known(words.common);
  const ToldNews told = look(words, version, known);
  const std::vector<Release> taken = told.taken();
  if (!taken.empty()) write(words, taken.front());
  if (words.common.json) {
    print_json(to_json(taken.empty() ? *known.find(version) : taken.front()));
    for (const auto& each : told.news.disagreements)
      std::cerr << on_one_line(each.what) << " differs: here " << each.ours << ", upstream " << each.theirs
                << "\n";
  } else if (!taken.empty()) {
    tell_missing_tags(told);
    std::cout << "go" << version.text() << " is now in " << words.place.name(words.common) << "\n";
  } else if (told.news.disagreements.empty()) {
    std::cout << "go" << version.text() << " is known already, and upstream says the same of it\n";
  } else {
    print(told, known);
  }
  return told.news.disagreements.empty() ? ExitCode::done : ExitCode::difference;
}

}  // namespace

const Verb release_add_verb{
    .name = "release add",
    .arguments = "V [--index FILE|URL] [--from ORIGIN] [--commit C] [OPTIONS]",
    .summary = nullptr,
    .help =
        "Writes an entry for a release into your own releases file: archives and checksums from go.dev's "
        "download\n"
        "index, the commit from the tags of Go's repository, what it needs and where it runs from a release "
        "of "
        "its\n"
        "line that is known. Where none is, or with --from, its source is read for that, and its NAR hash is "
        "pinned\n"
        "too. Without a network: --index FILE --from ORIGIN --commit C, where the commit is that of\n"
        "git ls-remote https://go.googlesource.com/go 'refs/tags/goV^{}' (or of the tag itself).\n",
    .group = VerbGroup::part_of_another,
    .brief = "V",
    .examples = {{{"gostrap release add 1.28.0", "one that was published after this gostrap"}}},
    .bind = bind<AddWords, add_release>,
};

}  // namespace gostrap
