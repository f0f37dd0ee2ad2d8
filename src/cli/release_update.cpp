// gostrap release update: what upstream has published since, from its index and its tags.
#include "cli/common_words.hpp"
#include "cli/verbs.hpp"
#include "download/download.hpp"
#include "release/news.hpp"
#include "release/own_releases.hpp"
#include "source/source.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/process.hpp"
#include "support/stage.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {
namespace {

constexpr const char* upstreams_index = "https://go.dev/dl/?mode=json&include=all";
constexpr std::uint64_t most = std::uint64_t{64} << 20U;

struct UpdateWords {
  CommonWords common;
  std::optional<std::string> index, from;
  bool dry_run = false;
  PatienceWords patience;

  void declare(Options& options) {
    common.declare(options);
    options.add("index", "the index, as a file or a URL (default: go.dev's)", "FILE|URL", index);
    options.add("from", "whose tags tell the commits (default: Go's own repository)", "ORIGIN", from);
    options.add("dry-run", "say what there is, and write nothing", dry_run);
    patience.declare(options);
  }
};

std::vector<ListedRelease> read_index(const UpdateWords& words, Progress& progress) {
  const std::string name = words.index.value_or(upstreams_index);
  const bool on_network = name.starts_with("http://") || name.starts_with("https://");
  if (on_network && words.common.offline()) {
    throw Error("read " + name, "it is on the network, and --offline was given",
                "Save it, and name the file: --index FILE");
  }
  const std::string text =
      on_network ? download_text(name, most, words.patience.patience(), progress) : read_file(name, most);
  const JsonDocument document(text, name);
  return listed_releases(document.view());
}

/// Nothing where the tags cannot be had: a release is pinned by its archive then.
std::map<std::string, std::string> commits(const UpdateWords& words, const Releases& releases,
                                           Progress& progress) {
  std::vector<std::string> origins = releases.default_release().origins;
  if (const auto mirror = environment_value("GOSTRAP_MIRROR")) origins = {*mirror};
  if (words.from) origins = {*words.from};
  const TemporaryDirectory scratch;
  SourceRequest request;
  request.patience = words.patience.patience();
  request.scratch = scratch.path();
  for (const std::string& origin : origins) {
    if (words.common.offline() && kind_of_origin(origin) == OriginKind::network) continue;
    try {
      return tags_of(origin, request, progress);
    } catch (const Error& error) {
      progress.note(std::string(error.what()) + ": the commits of new releases are not known from there");
    }
  }
  return {};
}

Json to_json(const ReleaseNews& news) {
  Json json = Json::object();
  const auto list = [](const std::vector<Release>& releases) {
    Json all = Json::object();
    for (const Release& release : releases) all[release.version.text()] = gostrap::to_json(release);
    return all;
  };
  json["added"] = list(news.added);
  json["completed"] = list(news.completed);
  json["ofNewLines"] = Json::array();
  for (const Version& version : news.of_new_lines) json["ofNewLines"].push_back(version.text());
  json["disagreements"] = news.disagreements;
  return json;
}

void print(const ReleaseNews& news) {
  const auto row = [](const char* what, const Release& release) {
    std::cout << what << "  " << release.name() << "  "
              << (release.commit.empty() ? "no commit known" : "commit " + release.commit.substr(0, 12))
              << "  " << release.archives.size() << " archives\n";
  };
  for (const Release& release : news.added) row("new      ", release);
  for (const Release& release : news.completed) row("completed", release);
  for (const Version& version : news.of_new_lines) {
    std::cout << "new line   go" << version.text() << "  its source says what it needs: gostrap release add "
              << version.text() << "\n";
  }
  for (const std::string& each : news.disagreements) std::cout << "differs    " << on_one_line(each) << "\n";
  const bool any = !news.added.empty() || !news.completed.empty() || !news.of_new_lines.empty();
  if (!any && news.disagreements.empty()) std::cout << "There is nothing new.\n";
}

ExitCode update_releases(const UpdateWords& words) {
  if (!words.common.arguments.words.empty())
    throw UsageError("release update takes no arguments, only options", "`gostrap release add V` adds one.");
  const Releases releases = words.common.releases();
  ReleaseNews news;
  {
    const auto watcher = words.common.progress();
    const auto progress = watcher->begin({});
    const std::vector<ListedRelease> listed = read_index(words, *progress);
    news = news_of(listed, releases, {});
    if (!news.added.empty()) news = news_of(listed, releases, commits(words, releases, *progress));
  }
  std::vector<Release> written = news.added;
  written.insert(written.end(), news.completed.begin(), news.completed.end());
  if (!words.dry_run && !written.empty()) add_own_releases(words.common.releases_file(), written);
  if (words.common.json) {
    print_json(to_json(news));
  } else {
    print(news);
  }
  return news.disagreements.empty() ? ExitCode::done : ExitCode::difference;
}

}  // namespace

const Verb release_update_verb{
    .name = "release update",
    .arguments = "[--index FILE|URL] [--dry-run] [OPTIONS]",
    .summary = nullptr,
    .help =
        "Adds to your own releases file what upstream has published since: its download index says the files "
        "and\n"
        "their checksums, the tags of its repository the commits, and nothing is fetched beside these. What "
        "is\n"
        "known already keeps its pins; where the index says otherwise that is told, with exit code 1.\n",
    .group = VerbGroup::part_of_another,
    .brief = "",
    .examples = {{{"gostrap release update --dry-run", "what is new upstream"}}},
    .bind = bind<UpdateWords, update_releases>,
};

}  // namespace gostrap
