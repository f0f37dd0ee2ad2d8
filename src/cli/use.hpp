// Which SDK a verb uses: shared by env, shell, exec and compile.
#pragma once

#include "cli/command_line.hpp"

#include <string>

namespace gostrap {

/// The newest SDK of the store for the port that `word` names, of the release that --release names. Throws
/// Error with the command that builds it.
fs::path sdk_in_store(const CommandLine& line, const std::string& word);

}  // namespace gostrap
