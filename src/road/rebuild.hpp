// Proof that an output is what its source says: it is built again elsewhere, under other conditions, and
// compared byte for byte.
#pragma once

#include "road/build_setup.hpp"
#include "sdk/check.hpp"
#include "sdk/manifest.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gostrap {

/// Builds what the manifest of `output` says, from pinned source, in a directory below TMPDIR. Sources that
/// the store has are taken from there: they are checked against their pins all the same. `entry` is what the
/// store knows of it, if it is one of its own: where upstream has built its toolchain, and all that
/// upstream's archive holds is the same, it counts as built from then on (count_as_built.hpp).
Check check_rebuild(const std::filesystem::path& output, const Manifest& manifest, const BuildSetup& setup,
                    PlanProgress& watcher, const StoreEntry* entry = nullptr);

/// The patches of a profile, from an output that was made with it, or else from the store.
std::vector<Patch> patches_of(const Profile& profile, const std::filesystem::path& output,
                              const Store& store);

/// What differs between two trees, each in words: contents, x bits, links, and what only one of them has.
std::vector<std::string> differences(const std::filesystem::path& ours, const std::filesystem::path& rebuilt);

}  // namespace gostrap
