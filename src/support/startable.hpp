// Why a program cannot be started, by the name of what is in the way.
#pragma once

#include "support/error.hpp"

#include <filesystem>
#include <string>

namespace gostrap {

/// For a program that find_program does not find on `path`, or that is a directory.
Error not_startable(const std::string& name, const std::string& path);

/// Whether what lies below `place` (or will) cannot be run, for its file system is mounted noexec.
bool is_mounted_noexec(const std::filesystem::path& place);

}  // namespace gostrap
