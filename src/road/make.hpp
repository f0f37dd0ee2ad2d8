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

/// Where a host toolchain keeps distpack: outside the GOROOT, which is as upstream's.
constexpr const char* packer_place = "libexec/gostrap/distpack";

/// `output` is an empty directory in all of them.
Json make_source(const Release& release, const SourceRequest& request, const std::filesystem::path& output,
                 Progress& progress);
/// The source with the patches on it. `source` is the output of make_source.
Json make_patched_source(const Release& release, const std::filesystem::path& source,
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
Json make_host(const Release& release, const std::filesystem::path& source, const Bootstrap& bootstrap,
               const HostChanges& changes, const BuildOptions& options, const std::filesystem::path& output,
               Progress& progress);
/// `host` is the output of make_host.
Json make_toolchain(const Release& release, const Port& port, bool reference,
                    const std::filesystem::path& host, const BuildOptions& options,
                    const std::filesystem::path& output, Progress& progress);
/// `profile` is Profile::of_sdk(); the host has its own.
Json make_sdk_output(const Release& release, const Port& port, const Profile& profile,
                     const std::filesystem::path& host, const BuildOptions& options,
                     const std::filesystem::path& output, Progress& progress);
/// `toolchain` is the output of make_toolchain for the port.
Json make_archives(const Release& release, const Port& port, const std::filesystem::path& host,
                   const std::filesystem::path& toolchain, const BuildOptions& options,
                   const std::filesystem::path& output, Progress& progress);

/// What every provenance begins with: gostrap's version, the machine, the time.
Json provenance_head();

}  // namespace gostrap
