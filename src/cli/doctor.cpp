// gostrap doctor: what is missing or dangerous here, and what mends it.
#include "report/doctor.hpp"

#include "cli/common_words.hpp"
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

struct DoctorWords {
  CommonWords common;

  void declare(Options& options) { common.declare(options); }
};

ExitCode doctor(const DoctorWords& words) {
  const bool has_place = words.common.store_directory || environment_value("GOSTRAP_STORE") ||
                         base_directory(BaseDirectory::data);
  const std::vector<Finding> findings =
      examine(words.common.releases(), has_place ? std::optional(words.common.store()) : std::nullopt);
  Json json = Json::array();
  for (const Finding& finding : findings) {
    if (words.common.json) {
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
  if (words.common.json) print_json(json);
  const bool stops = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.level == Finding::Level::stops;
  });
  return stops ? ExitCode::difference : ExitCode::done;
}

}  // namespace

const Verb doctor_verb{
    .name = "doctor",
    .arguments = "[OPTIONS]",
    .summary = "say what is missing or dangerous on this machine",
    .help =
        "Says what is missing or dangerous on this machine, each with what mends it. Exit code 1 when a\n"
        "build would fail.\n",
    .bind = bind<DoctorWords, doctor>,
};

}  // namespace gostrap
