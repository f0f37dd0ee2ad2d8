// How outputs came to be, as their provenance tells: every step on the way, each once, in the order of time.
#pragma once

#include "support/json.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gostrap {

struct TimedPhase {
  std::string name;
  double begin = 0;  ///< seconds since the step's own begin
  double seconds = 0;
};

struct MadeStep {
  std::string name;     ///< "go1.24.4-archives-linux-riscv64"
  std::string kind;     ///< source, host, toolchain, sdk or archives
  std::string release;  ///< "1.24.4"
  std::string port;     ///< "linux/riscv64"; empty for a source
  std::string made;     ///< when it began, UTC: "2026-11-25T22:51:57Z"
  double begin = 0;     ///< the same, in seconds since 1970
  double seconds = 0;
  double cpu_seconds = 0;  ///< of its commands; 0 where that was not recorded
  std::string machine;     ///< "Linux 6.1.0, x86_64, 2 processors"
  unsigned processors = 0;
  std::string gostrap;      ///< the version that made it
  std::string from;         ///< a source's origin, a host's bootstrap
  std::string commit, nar;  ///< of a source
  std::vector<std::string> command;
  std::vector<std::pair<std::string, std::string>> environment;
  bool network_cut = false;
  std::vector<TimedPhase> phases;  ///< none where they were not recorded
};

/// Of the step at the root of a provenance and of all that it came from. `name` is for one that does not tell
/// its own. Throws Error where it cannot be read.
std::vector<MadeStep> history_of(const JsonView& provenance, const std::string& name);

/// All of them together: what several have in common stands there once.
std::vector<MadeStep> merged(std::vector<MadeStep> steps);

/// Where the provenance of an output lies: beside it, or with the store's; nothing when it is in neither
/// place.
std::optional<std::filesystem::path> provenance_of(const std::filesystem::path& output);

}  // namespace gostrap
