// Making outputs: each function fills one output directory and returns what its provenance says of the
// making. The plumbing verbs call them with directories that a user (or Nix) names, the store with its own.
#pragma once

#include "road/step.hpp"
#include "source/patch.hpp"
#include "source/source.hpp"
#include "support/progress.hpp"
#include "toolchain/build.hpp"

#include <filesystem>

namespace gostrap {

/// `output` is an empty directory in all of them.
Making make_source(const Release& release, const SourceRequest& request, const std::filesystem::path& output,
                   Progress& progress);
/// The source with the patches on it. `source` is the output of make_source.
Making make_patched_source(const Release& release, const std::filesystem::path& source,
                           const std::vector<Patch>& patches, const BuildOptions& options,
                           const std::filesystem::path& output, Progress& progress);

/// What a host toolchain has beside the canonical recipe.
struct HostChanges {
  Profile profile;             ///< Profile::of_host()
  std::vector<Patch> patches;  ///< of the profile
  std::filesystem::path
      patched;  ///< the output of make_patched_source; where it is empty, one is made on the way
};
/// `source` is the output of make_source, patches or not.
Making make_host(const Release& release, const std::filesystem::path& source, const Bootstrap& bootstrap,
                 const HostChanges& changes, const BuildOptions& options, const std::filesystem::path& output,
                 Progress& progress);
/// `host` is the output of make_host.
Making make_toolchain(const Release& release, const Port& port, bool reference,
                      const std::filesystem::path& host, const BuildOptions& options,
                      const std::filesystem::path& output, Progress& progress);
/// `profile` is Profile::of_sdk(); the host has its own.
Making make_sdk_output(const Release& release, const Port& port, const Profile& profile,
                       const std::filesystem::path& host, const BuildOptions& options,
                       const std::filesystem::path& output, Progress& progress);
/// `toolchain` is the output of make_toolchain for the port.
Making make_archives(const Release& release, const Port& port, const std::filesystem::path& host,
                     const std::filesystem::path& toolchain, const BuildOptions& options,
                     const std::filesystem::path& output, Progress& progress);

}  // namespace gostrap
