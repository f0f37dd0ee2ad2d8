// The options of compile that some ports, or gostrap compile itself, cannot have: --buildmode, --race and
// their like.
#pragma once

#include "cli/command_line.hpp"

#include <filesystem>
#include <string>

namespace gostrap {

void add_feature_options(CommandLine& line);

/// The build mode to use: "" (what the port prefers), "exe" or "pie". Throws UsageError for what was asked
/// for and cannot be, unless --fallback leaves it out, which is said on standard error.
std::string settled_build_mode(const CommandLine& line, const Port& port, const std::filesystem::path& sdk);

}  // namespace gostrap
