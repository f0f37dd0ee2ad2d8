// How an SDK is used: what a shell, a command or a build system must set. GOROOT is never exported: a second
// go on PATH would take it for its own.
#pragma once

#include "sdk/manifest.hpp"
#include "sdk/shell_lines.hpp"
#include "support/process.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

/// GOOS, GOARCH and the profile's settings, which the SDK's own bin/go sets as well: here for all that reads
/// them without asking the go command, and for SDKs of layout 1.
Environment sdk_defaults(const Manifest& sdk);

/// `environment` with the SDK's bin first on PATH, GOTOOLCHAIN=local, and without what would lead its go
/// command astray (GOROOT, GOTOOLDIR). `defaults` (see sdk_defaults) stand where the user has set nothing:
/// what the environment has of another SDK's is none of the user's. `cache` is its GOCACHE, where the user
/// has none; empty: Go's own default.
Environment sdk_environment(const std::filesystem::path& output, Environment environment,
                            const std::filesystem::path& cache = {}, const Environment& defaults = {});

/// What leads from one environment to another.
struct EnvironmentChange {
  Environment set;
  std::vector<std::string> unset;  ///< GOROOT and GOTOOLDIR too where they are not set to begin with
};
EnvironmentChange change_of(const Environment& before, const Environment& used);

/// The same as lines for a shell to read. `environment` is that of the shell, as far as it is known: what
/// stands in it of other SDKs is taken back. Throws Error for a path that the shell has no words for.
std::string sdk_shell_lines(const std::filesystem::path& output, const std::filesystem::path& cache = {},
                            const Environment& defaults = {}, const Environment& environment = {},
                            Shell shell = Shell::posix);

/// What `use gostrap` is for direnv: it asks `gostrap env`.
std::string_view direnv_library();

/// The build cache of an SDK with a profile, so that it shares nothing with others; empty for one without.
/// cmd/go's keys hold settings and sources, but of compilers only what they call themselves.
std::filesystem::path sdk_cache(const std::filesystem::path& output, const Profile& profile);

}  // namespace gostrap
