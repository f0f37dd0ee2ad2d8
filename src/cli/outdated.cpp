// gostrap outdated: newer patch releases of what the store holds.
#include "build/outdated.hpp"

#include "cli/command_line.hpp"
#include "cli/verbs.hpp"
#include "release/index.hpp"
#include "support/files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace gostrap {
namespace {

Json to_json(const Standing& standing) {
  Json json = Json::object();
  json["release"] = standing.version.text();
  json["entries"] = Json::array();
  for (const StoreEntry& entry : standing.entries) json["entries"].push_back(entry.path.string());
  if (standing.pinned) json["pinned"] = standing.pinned->text();
  if (standing.published) json["published"] = standing.published->text();
  json["supported"] = !standing.unsupported_since;
  return json;
}

/// The command that builds again what the store has of an older release.
std::string build_command(const Standing& standing) {
  std::string ports;
  for (const StoreEntry& entry : standing.entries) {
    const std::string port = " " + entry.port.text();
    if (entry.kind == StepKind::sdk && ports.find(port) == std::string::npos) ports += port;
  }
  return "gostrap build" + (ports.empty() ? " " + own_port().text() : ports) + " --release " +
         standing.pinned->text();
}

void print(const Standing& standing, const std::string& index) {
  std::cout << "go" << standing.version.text();
  if (!standing.pinned && !standing.published) std::cout << "  nothing newer of its line is known";
  std::cout << "\n";
  if (standing.pinned) {
    std::cout << "  " << standing.pinned->text() << " is newer, and pinned: " << build_command(standing)
              << "\n";
  }
  if (standing.published) {
    const std::string version = standing.published->text();
    std::cout << "  " << version << " is newer, and in the index: gostrap release add " << version
              << " --index " << index << " --from ORIGIN --commit C\n";
  }
  if (standing.unsupported_since) {
    std::cout << "  upstream ended its line with go" << standing.unsupported_since->text() << "\n";
  }
}

}  // namespace

ExitCode outdated_verb(const Words& words) {
  CommandLine line(
      "outdated [OPTIONS]",
      "Says which releases in the store have a newer patch release: among those that are pinned here, and\n"
      "with --index in go.dev's download index, which you save: https://go.dev/dl/?mode=json&include=all\n"
      "The network is not touched. Exit code 1 when something is outdated.\n");
  line.add()("index", "go.dev's download index, as JSON", cxxopts::value<std::string>(), "FILE");
  if (!line.parse(words)) return ExitCode::done;
  if (!line.arguments().empty()) throw UsageError("outdated takes no arguments, only options");
  std::vector<Version> published;
  const std::string index = line.text("index");
  if (line.has("index")) {
    const JsonDocument document(read_file(index), index);
    published = published_versions(document.view());
  }
  const std::vector<Standing> all = standings(line.store(), line.releases(), published);
  Json json = Json::array();
  for (const Standing& standing : all) {
    if (line.json()) {
      json.push_back(to_json(standing));
    } else {
      print(standing, index);
    }
  }
  if (line.json()) print_json(json);
  const bool outdated = std::any_of(
      all.begin(), all.end(), [](const Standing& standing) { return standing.pinned || standing.published; });
  return outdated ? ExitCode::difference : ExitCode::done;
}

}  // namespace gostrap
