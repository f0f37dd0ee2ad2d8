#include "cli/log_group.hpp"

#include "cli/safe_streams.hpp"
#include "support/process.hpp"

#include <chrono>
#include <iostream>

namespace gostrap {
namespace {

/// docs.gitlab.com, "Custom collapsible sections": the line begins with what erases itself.
std::string gitlab_section(const std::string& what, const std::string& name) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return "\033[0Ksection_" + what + ":" +
         std::to_string(std::chrono::duration_cast<std::chrono::seconds>(now).count()) + ":" + name +
         "\r\033[0K";
}

}  // namespace

LogGroup::LogGroup(const std::string& title) {
  if (is_githubs_log()) {
    std::cerr << TerminalSequence{"::group::"} << title << "\n" << std::flush;
    end_ = "::endgroup::";
  } else if (environment_value("GITLAB_CI") == "true") {
    std::cerr << TerminalSequence{gitlab_section("start", "gostrap[collapsed=true]")} << title << "\n"
              << std::flush;
    end_ = gitlab_section("end", "gostrap");
  }
}

LogGroup::~LogGroup() {
  if (!end_.empty()) std::cerr << TerminalSequence{end_} << "\n" << std::flush;
}

}  // namespace gostrap
