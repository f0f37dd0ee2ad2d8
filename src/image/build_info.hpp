// The settings that the go command leaves in the programs it builds (runtime/debug.BuildInfo, since Go 1.18).
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace gostrap {

/// "GOARM" to "7", "vcs.time" to "2026-01-02T03:04:05Z"; empty for a program that has none.
std::map<std::string, std::string> build_settings(const std::filesystem::path& program);

}  // namespace gostrap
