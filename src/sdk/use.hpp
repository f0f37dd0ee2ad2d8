// How an SDK is used: what a shell, a command or a build system must set. GOROOT is never exported: a second
// go on PATH would take it for its own.
#pragma once

#include "release/profile.hpp"
#include "support/process.hpp"

#include <filesystem>

namespace gostrap {

/// `environment` with the SDK's bin first on PATH, GOTOOLCHAIN=local, and without what would lead its go
/// command astray (GOROOT, GOTOOLDIR). GOOS and GOARCH stay the user's. `cache` is its GOCACHE, where the
/// user has none; empty: Go's own default.
Environment sdk_environment(const std::filesystem::path& output, Environment environment,
                            const std::filesystem::path& cache = {});

/// The same as lines for a POSIX shell's eval.
std::string sdk_shell_lines(const std::filesystem::path& output, const std::filesystem::path& cache = {});

/// The build cache of an SDK with a profile, so that it shares nothing with others; empty for one without.
/// cmd/go's keys hold settings and sources, but of compilers only what they call themselves.
std::filesystem::path sdk_cache(const std::filesystem::path& output, const Profile& profile);

}  // namespace gostrap
