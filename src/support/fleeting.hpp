// A directory for a program that this process becomes: gone when it, and all that it started, have ended.
#pragma once

#include <filesystem>

namespace gostrap {

/// A new directory below `place` that only this user may look into. Every process that holds what this one
/// does keeps it, through exec too; a process of its own waits for the last one, and removes it. Throws
/// Error.
std::filesystem::path fleeting_directory(const std::filesystem::path& place);

}  // namespace gostrap
