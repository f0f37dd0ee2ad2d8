// How an SDK is used: what a shell, a command or a build system must set. GOROOT is never exported: a second
// go on PATH would take it for its own.
#pragma once

#include "support/process.hpp"

#include <filesystem>

namespace gostrap {

/// `environment` with the SDK's bin first on PATH, GOTOOLCHAIN=local, and without what would lead its go
/// command astray (GOROOT, GOTOOLDIR). GOOS and GOARCH stay the user's.
Environment sdk_environment(const std::filesystem::path& output, Environment environment);

/// The same as lines for a POSIX shell's eval.
std::string sdk_shell_lines(const std::filesystem::path& output);

}  // namespace gostrap
