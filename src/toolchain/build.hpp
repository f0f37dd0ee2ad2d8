// The steps that run Go's own build: a host toolchain out of source and bootstrap, toolchains for other ports
// out of a host toolchain.
#pragma once

#include "release/release.hpp"
#include "support/files.hpp"
#include "support/progress.hpp"
#include "toolchain/bootstrap.hpp"
#include "toolchain/environment.hpp"
#include "toolchain/make_runner.hpp"
#include "toolchain/workshop.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

/// Where a build by programs of Go `runtime` may write, prepared.
EnvironmentSettings environment_settings(const Workshop& workshop, const Version& runtime);
/// Puts a working copy of `from` to `to` (not there yet): directories of its own, files linked or copied.
void lay_out(const std::filesystem::path& from, const std::filesystem::path& to, const Workshop& workshop);

struct HostBuild {
  const Release& release;
  std::filesystem::path source;
  const Bootstrap& bootstrap;
  Environment baked;  ///< what make.bash is to bake beside upstream's own: a profile's settings
};
/// Runs make.bash on a private copy of the source and puts the toolchain to `goroot` (new).
BuildRun build_host(const HostBuild& host, const std::filesystem::path& goroot, const Workshop& workshop);

/// A toolchain that runs here, and what make.bash has baked into it by its profile.
struct HostToolchain {
  std::filesystem::path goroot;
  Environment baked;
};
/// Builds the toolchain hosted on that port at `goroot` (new), the quick way: `go install` for each of its
/// commands.
BuildRun build_port(const HostedPort& at, const HostToolchain& host, const std::filesystem::path& goroot,
                    const Workshop& workshop);

/// The same by upstream's way: GOOS/GOARCH make.bash with `host` as the bootstrap.
BuildRun build_port_reference(const HostedPort& at, const HostToolchain& host,
                              const std::filesystem::path& goroot, const Workshop& workshop);

}  // namespace gostrap
