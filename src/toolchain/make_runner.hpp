// Runs make.bash and the go command for the steps of this room: output to a log, phases to the watcher, and,
// when it fails, the part of the log that matters in the error.
#pragma once

#include "support/process.hpp"
#include "support/progress.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct BuildCommand {
  std::string doing;  ///< completes "cannot …"
  std::vector<std::string> argv;
  Environment environment;
  std::filesystem::path directory;
  std::filesystem::path log;       ///< the environment and all output are appended
  std::optional<unsigned> user{};  ///< as Command::as_user
};

/// What stands in the provenance about one command.
struct BuildRun {
  std::vector<std::string> argv;
  Environment environment;
  double seconds = 0;
  bool network_cut = false;
  double cpu_seconds = 0;
  std::uint64_t peak_memory = 0;  ///< bytes, of its largest process
};

/// Throws Error with the exit status, the log's path and its last telling lines.
BuildRun run_build(const BuildCommand& command, Progress& progress);

/// The lines of a failed build's log that tell why: from the first complaint of the last phase on, at most
/// `most`.
std::vector<std::string> telling_lines(const std::vector<std::string>& log, std::size_t most = 15);

}  // namespace gostrap
