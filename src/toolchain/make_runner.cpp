#include "toolchain/make_runner.hpp"

#include "support/error.hpp"
#include "support/files.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <deque>

namespace gostrap {
namespace {

constexpr std::size_t remembered_lines = 2000;

bool is_phase(std::string_view line) {
  return line.starts_with("Building ") || line.starts_with("Packaging ");
}

/// "Building Go toolchain2 using go_bootstrap and Go toolchain1." without the detail that a user cannot use.
std::string phase_name(std::string_view line) {
  const std::size_t end = std::min(line.find(" using "), line.size());
  std::string name(line.substr(0, end));
  if (!name.empty() && name.back() == '.') name.pop_back();
  return name;
}

bool complains(const std::string& line) {
  static constexpr auto words = {"error",     "ERROR",         "FAIL",
                                 "fatal",     "panic",         "undefined",
                                 "cannot ",   "No space left", "permission denied",
                                 "not found", "too old",       "signal:"};
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return line.find(word) != std::string::npos; });
}

bool is_about_space(const std::string& line) {
  return line.find("No space left") != std::string::npos || line.find("no space left") != std::string::npos ||
         line.find("quota exceeded") != std::string::npos;
}

void write_header(const BuildCommand& command) {
  std::string text = "# in " + command.directory.string() + "\n#";
  for (const std::string& word : command.argv) text += " " + word;
  text += "\n";
  for (const auto& [name, value] : command.environment) text += "#   " + name + "=" + value + "\n";
  const std::string doing = "write the log " + command.log.string();
  const Fd log(::open(command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (!log) throw system_error(doing);
  write_all(log.get(), text, doing);
}

}  // namespace

std::vector<std::string> telling_lines(const std::vector<std::string>& log, std::size_t most) {
  const auto last_phase =
      std::find_if(log.rbegin(), log.rend(), [](const std::string& line) { return is_phase(line); });
  auto first = last_phase == log.rend() ? log.begin() : last_phase.base() - 1;
  const auto complaint = std::find_if(first, log.end(), complains);
  if (complaint != log.end()) {
    first = complaint;
  } else if (static_cast<std::size_t>(log.end() - first) > most) {
    first = log.end() - static_cast<std::ptrdiff_t>(most);
  }
  const auto count = std::min<std::ptrdiff_t>(log.end() - first, static_cast<std::ptrdiff_t>(most));
  return {first, first + count};
}

BuildRun run_build(const BuildCommand& build, Progress& progress) {
  write_header(build);
  std::deque<std::string> recent;
  Command command;
  command.argv = build.argv;
  command.environment = build.environment;
  command.directory = build.directory;
  command.log = build.log;
  command.without_network = true;
  command.as_user = build.user;
  command.obey_permissions = true;  // files may be links into the store
  command.on_line = [&](std::string_view line) {
    if (is_phase(line)) progress.phase(phase_name(line));
    recent.emplace_back(line.substr(0, 500));
    if (recent.size() > remembered_lines) recent.pop_front();
  };
  const auto start = std::chrono::steady_clock::now();
  const Exit exit = run(command);
  if (!exit.ok()) {
    std::string why = exit.text() + "; its log ends:";
    std::string next = "The whole log is " + build.log.string() + ".";
    for (const std::string& line : telling_lines({recent.begin(), recent.end()})) {
      why += "\n    " + line;
      if (is_about_space(line)) next = advice(ENOSPC) + "\n  The whole log is " + build.log.string() + ".";
    }
    throw Error(build.doing, why, next);
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  return {build.argv,       build.environment, elapsed.count(),
          exit.network_cut, exit.cpu_seconds,  exit.peak_memory};
}

}  // namespace gostrap
