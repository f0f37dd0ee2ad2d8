// The steps that run Go's own build: a host toolchain out of source and bootstrap, toolchains for other ports
// out of a host toolchain.
#pragma once

#include "release/release.hpp"
#include "support/files.hpp"
#include "support/progress.hpp"
#include "toolchain/bootstrap.hpp"
#include "toolchain/conditions.hpp"
#include "toolchain/environment.hpp"
#include "toolchain/runner.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

struct BuildOptions {
  std::filesystem::path
      work;  ///< a private directory, on the output's file system; left to the caller to remove
  std::filesystem::path log;
  unsigned jobs = 0;     ///< commands of Go's at a time; 0: as many as there are processors
  unsigned threads = 0;  ///< of each compiler; 0: as many as jobs
  Place place =
      Place::copy;  ///< whether the inputs' files may be linked into the output (both are sealed, in a store)
  Conditions conditions;
  std::filesystem::path
      deflated{};       ///< where distpack keeps what it compressed, for other ports; "": nowhere
  Environment baked{};  ///< what make.bash is to bake beside upstream's own: a profile's settings
};

/// Where a build by programs of Go `runtime` may write, prepared.
BuildPlace place_of(const BuildOptions& options, const Version& runtime);
/// Puts a working copy of `from` to `to` (not there yet): directories of its own, files linked or copied.
void lay_out(const std::filesystem::path& from, const std::filesystem::path& to, const BuildOptions& options);
/// Throws UsageError for a port on which no toolchain can run.
void require_hosted(const Port& port);

/// Runs make.bash on a private copy of `source` and puts the toolchain to `goroot` (new).
BuildRun build_host(const Release& release, const std::filesystem::path& source, const Bootstrap& bootstrap,
                    const BuildOptions& options, const std::filesystem::path& goroot, Progress& progress);

/// Builds the toolchain hosted on `port` with the host toolchain at `host` (a GOROOT), the quick way: `go
/// install` for each of its commands.
BuildRun build_port(const Release& release, const Port& port, const std::filesystem::path& host,
                    const BuildOptions& options, const std::filesystem::path& goroot, Progress& progress);

/// The same by upstream's way: GOOS/GOARCH make.bash with `host` as the bootstrap.
BuildRun build_port_reference(const Release& release, const Port& port, const std::filesystem::path& host,
                              const BuildOptions& options, const std::filesystem::path& goroot,
                              Progress& progress);

}  // namespace gostrap
