// gostrap doctor: what is missing or dangerous here, and what mends it.
#include "report/doctor.hpp"

#include "cli/command_line.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "support/directories.hpp"
#include "support/process.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace gostrap {
namespace {

const char* word(Finding::Level level) {
  switch (level) {
    case Finding::Level::good:
      return "good";
    case Finding::Level::careful:
      return "careful";
    case Finding::Level::stops:
      break;
  }
  return "stops";
}

}  // namespace

ExitCode doctor_verb(const Words& words) {
  CommandLine line(
      "doctor [OPTIONS]",
      "Says what is missing or dangerous on this machine, each with what mends it. Exit code 1 when a\n"
      "build would fail.\n");
  if (!line.parse(words)) return ExitCode::done;
  const bool has_place =
      line.has("store") || environment_value("GOSTRAP_STORE") || base_directory(BaseDirectory::data);
  const std::vector<Finding> findings =
      examine(line.releases(), has_place ? std::optional(line.store()) : std::nullopt);
  Json json = Json::array();
  for (const Finding& finding : findings) {
    if (line.json()) {
      Json each = Json::object();
      each["name"] = finding.name;
      each["level"] = word(finding.level);
      each["says"] = finding.says;
      each["mend"] = finding.mend;
      json.push_back(std::move(each));
      continue;
    }
    std::string level = word(finding.level);
    level.resize(8, ' ');
    std::cout << level << finding.name << ": " << further_lines_in(finding.says, 8) << "\n";
    if (!finding.mend.empty()) std::cout << "        mend it: " << further_lines_in(finding.mend, 8) << "\n";
  }
  if (line.json()) print_json(json);
  const bool stops = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.level == Finding::Level::stops;
  });
  return stops ? ExitCode::difference : ExitCode::done;
}

}  // namespace gostrap
