// gostrap outdated: newer patch releases of what the store holds.
#include "report/outdated.hpp"

#include "cli/advisories.hpp"
#include "cli/upstream.hpp"
#include "cli/verbs.hpp"
#include "release/index.hpp"
#include "support/error.hpp"
#include "support/shell_words.hpp"
#include "support/url.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace gostrap {
namespace {

struct OutdatedWords {
  CommonWords common;
  IndexWord index;
  bool online = false;
  PatienceWords patience;
  AdvisoryWords advisories;

  void declare(Options& options) {
    common.declare(options);
    index.declare(options, ", to look into too");
    options.add("online", "look into go.dev's own index too", online);
    patience.declare(options);
    advisories.declare(options);
    options.check([this] {
      if (online && index.named) throw UsageError("--online is --index with go.dev's own: give one of them");
    });
  }
  bool asks_index() const { return online || index.named; }
};

/// What of a command's options the next one needs as well.
std::string same_options(const OutdatedWords& words, bool with_store) {
  const auto option = [](const char* name, const std::optional<fs::path>& value) {
    return value ? std::string(" --") + name + " " + as_word(value->string()) : std::string();
  };
  return (with_store ? option("store", words.common.store_directory) : std::string()) +
         option("releases", words.common.own_releases);
}

/// What the database says of each release; nothing where there is none.
using ReleaseMatches = std::optional<std::vector<AdvisoryMatch>>;

Json to_json(const ReleaseStatus& status, const ReleaseMatches& matches) {
  Json json = Json::object();
  json["release"] = status.version.text();
  json["entries"] = Json::array();
  for (const StoreEntry& entry : status.entries) json["entries"].push_back(entry.path.string());
  if (status.pinned) json["pinned"] = status.pinned->text();
  if (status.published) json["published"] = status.published->text();
  json["supported"] = !status.unsupported_since;
  if (matches) json["advisories"] = to_json(*matches);
  return json;
}

/// The options that ask for a profile of the store's again.
std::string words_for(const Profile& profile, const Store& store) {
  std::string values;
  for (const auto* const each : {&profile.settings, &profile.defaults}) {
    for (const auto& [name, value] : *each) values += (values.empty() ? "" : ",") + name + "=" + value;
  }
  std::string words = values.empty() ? "" : " --profile " + values;
  if (profile.baked) words += " --bake";
  for (const Digest& patch : profile.patches) words += " --patch " + as_word(store.patch(patch).string());
  return words;
}

/// The commands that build again what the store has of an older release: one for each profile, with the
/// SHA-256 of patches, whose files the store keeps.
std::vector<std::string> build_commands(const ReleaseStatus& status, const Store& store,
                                        const std::string& options) {
  struct Wanted {
    Profile profile;
    bool published = false;  ///< made with upstream's own toolchain
    std::string ports;       ///< with a space before each
  };
  std::vector<Wanted> wanted;
  for (const StoreEntry& entry : status.entries) {
    if (entry.kind != Kind::sdk) continue;
    const std::string port = " " + entry.port.text();
    const auto has = [&](const Wanted& each) {
      return each.profile == entry.profile && (each.ports + " ").find(port + " ") != std::string::npos;
    };
    // what was built too stands before what upstream has built
    if (std::any_of(wanted.begin(), wanted.end(), has)) continue;
    auto same = std::find_if(wanted.begin(), wanted.end(), [&](const Wanted& each) {
      return each.profile == entry.profile && each.published == entry.is_published();
    });
    if (same == wanted.end()) same = wanted.insert(wanted.end(), {entry.profile, entry.is_published(), ""});
    same->ports += port;
  }
  if (wanted.empty()) wanted.push_back({{}, false, " " + own_port().text()});
  std::vector<std::string> commands;
  for (const auto& [profile, published, ports] : wanted) {
    commands.push_back("gostrap build" + ports + " --release " + status.pinned->text() +
                       (published ? " --published" : "") + words_for(profile, store) + options);
  }
  return commands;
}

/// "gostrap release add 1.24.9 --index dl.json"
std::string add_command(const Version& version, const OutdatedWords& words) {
  return "gostrap release add " + version.text() +
         (words.index.named ? " --index " + as_word(without_secrets(*words.index.named)) : "") +
         same_options(words, false);
}

void print(const ReleaseStatus& status, const ReleaseMatches& matches, const OutdatedWords& words,
           const Store& store) {
  const std::vector<std::string> commands =
      status.pinned ? build_commands(status, store, same_options(words, true)) : std::vector<std::string>();
  std::cout << "go" << status.version.text();
  if (!status.pinned && !status.published) std::cout << "  nothing newer of its line is known";
  std::cout << "\n";
  if (status.pinned) {
    std::cout << "  " << status.pinned->text() << " is newer, and pinned:";
    for (const std::string& command : commands)
      std::cout << (commands.size() > 1 ? "\n    " : " ") << command;
    std::cout << "\n";
  }
  if (status.published) {
    std::cout << "  " << status.published->text()
              << " is newer, and in the index: " << add_command(*status.published, words) << "\n";
  }
  if (status.unsupported_since) {
    std::cout << "  upstream ended its line with go" << status.unsupported_since->text() << "\n";
  }
  if (!matches) return;
  const std::vector<std::string> lines = of_release_in_short(*matches);
  for (const std::string& line : lines) std::cout << "  " << line << "\n";
  if (lines.empty()) std::cout << "  no advisories\n";
  for (const AdvisoryMatch& match : *matches) std::cout << "    " << in_a_line(match) << "\n";
}

std::vector<Version> versions_in_index(const OutdatedWords& words) {
  if (!words.asks_index()) return {};
  const auto watcher = words.common.progress();
  const auto progress = watcher->begin({});
  const JsonDocument document =
      read_index_document(words.index.name(), words.common.offline(), words.patience.patience(), *progress);
  return published_versions(document.view());
}

/// One for each of them.
std::vector<ReleaseMatches> matches_of(const std::vector<ReleaseStatus>& all, const OutdatedWords& words) {
  std::vector<ReleaseMatches> matches(all.size());
  const std::optional<std::vector<Advisory>> advisories = words.advisories.of_go(words.common);
  if (!advisories) return matches;
  for (std::size_t i = 0; i < all.size(); ++i) matches[i] = matches_of_release(*advisories, all[i].version);
  return matches;
}

ExitCode outdated(const OutdatedWords& words) {
  const Releases releases = words.common.releases();
  const Store store = words.common.store();
  const std::vector<ReleaseStatus> all = release_statuses(store, releases, versions_in_index(words));
  const std::vector<ReleaseMatches> matches = matches_of(all, words);
  if (words.common.json) {
    Json json = Json::array();
    for (std::size_t i = 0; i < all.size(); ++i) json.push_back(to_json(all[i], matches[i]));
    print_json(json);
  } else {
    for (std::size_t i = 0; i < all.size(); ++i) print(all[i], matches[i], words, store);
    if (!all.empty() && !words.asks_index())
      std::cout << "Only what is pinned here was looked at: --online asks go.dev's index too.\n";
  }
  const bool any = std::any_of(all.begin(), all.end(),
                               [](const ReleaseStatus& status) { return status.pinned || status.published; });
  const bool fails = std::any_of(matches.begin(), matches.end(), [&](const ReleaseMatches& each) {
    return each && words.advisories.fails(*each);
  });
  return any || fails ? ExitCode::difference : ExitCode::done;
}

}  // namespace

const Verb outdated_verb{
    .name = "outdated",
    .arguments = "[OPTIONS]",
    .summary = "say which releases in the store have newer patches",
    .help =
        "Says which releases in the store have a newer patch release: among those that are pinned here, "
        "with\n"
        "--online in go.dev's download index too, or with --index in that one. Without the two no network "
        "is\n"
        "touched. Each line ends with the next command. Exit code 1 when something is outdated.\n"
        "With --advisories Go's vulnerability database is asked about each too; they make no exit code 1 but "
        "with\n"
        "--fail-on.\n",
    .examples = {{{"gostrap outdated --online", "newer patch releases, pinned here or in go.dev's index"},
                  {"gostrap outdated --advisories https://vuln.go.dev --fail-on fixed",
                   "and advisories; exit code 1 where a newer release is without one"}}},
    .bind = bind<OutdatedWords, outdated>,
};

}  // namespace gostrap
