// gostrap outdated: newer patch releases of what the store holds.
#include "report/outdated.hpp"

#include "cli/common_words.hpp"
#include "cli/verbs.hpp"
#include "release/index.hpp"
#include "support/files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace gostrap {
namespace {

Json to_json(const ReleaseStatus& status) {
  Json json = Json::object();
  json["release"] = status.version.text();
  json["entries"] = Json::array();
  for (const StoreEntry& entry : status.entries) json["entries"].push_back(entry.path.string());
  if (status.pinned) json["pinned"] = status.pinned->text();
  if (status.published) json["published"] = status.published->text();
  json["supported"] = !status.unsupported_since;
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
  for (const Digest& patch : profile.patches) words += " --patch " + store.patch(patch).string();
  return words;
}

/// The commands that build again what the store has of an older release: one for each profile, with the
/// SHA-256 of patches, whose files the store keeps.
std::vector<std::string> build_commands(const ReleaseStatus& status, const Store& store) {
  std::vector<std::pair<Profile, std::string>> wanted;  // a profile, and the ports with a space before each
  for (const StoreEntry& entry : status.entries) {
    if (entry.kind != Kind::sdk) continue;
    auto same = std::find_if(wanted.begin(), wanted.end(),
                             [&](const auto& each) { return each.first == entry.profile; });
    if (same == wanted.end()) same = wanted.insert(wanted.end(), {entry.profile, ""});
    const std::string port = " " + entry.port.text();
    if ((same->second + " ").find(port + " ") == std::string::npos) same->second += port;
  }
  if (wanted.empty()) wanted.push_back({{}, " " + own_port().text()});
  std::vector<std::string> commands;
  for (const auto& [profile, ports] : wanted) {
    commands.push_back("gostrap build" + ports + " --release " + status.pinned->text() +
                       words_for(profile, store));
  }
  return commands;
}

void print(const ReleaseStatus& status, const std::string& index, const Store& store) {
  const std::vector<std::string> commands =
      status.pinned ? build_commands(status, store) : std::vector<std::string>();
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
    const std::string version = status.published->text();
    std::cout << "  " << version << " is newer, and in the index: gostrap release add " << version
              << " --index " << index << " --from ORIGIN --commit C\n";
  }
  if (status.unsupported_since) {
    std::cout << "  upstream ended its line with go" << status.unsupported_since->text() << "\n";
  }
}

struct OutdatedWords {
  CommonWords common;
  std::optional<std::string> index;

  void declare(Options& options) {
    common.declare(options);
    options.add("index", "go.dev's download index, as JSON", "FILE", index);
  }
};

ExitCode outdated(const OutdatedWords& words) {
  if (!words.common.arguments.words.empty()) throw UsageError("outdated takes no arguments, only options");
  std::vector<Version> published;
  const std::string index = words.index.value_or("");
  if (words.index) {
    const JsonDocument document(read_file(index), index);
    published = published_versions(document.view());
  }
  const Store store = words.common.store();
  const std::vector<ReleaseStatus> all = release_statuses(store, words.common.releases(), published);
  Json json = Json::array();
  for (const ReleaseStatus& status : all) {
    if (words.common.json) {
      json.push_back(to_json(status));
    } else {
      print(status, index, store);
    }
  }
  if (words.common.json) print_json(json);
  const bool any = std::any_of(all.begin(), all.end(),
                               [](const ReleaseStatus& status) { return status.pinned || status.published; });
  return any ? ExitCode::difference : ExitCode::done;
}

}  // namespace

const Verb outdated_verb{
    .name = "outdated",
    .arguments = "[OPTIONS]",
    .summary = "say which releases in the store have newer patches",
    .help =
        "Says which releases in the store have a newer patch release: among those that are pinned here, and\n"
        "with --index in go.dev's download index, which you save: https://go.dev/dl/?mode=json&include=all\n"
        "The network is not touched. Exit code 1 when something is outdated.\n",
    .examples = {{{"gostrap outdated --index dl.json",
                   "newer patch releases, pinned here or in go.dev's index"}}},
    .bind = bind<OutdatedWords, outdated>,
};

}  // namespace gostrap
