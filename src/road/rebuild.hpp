// Proof that an output is what its source says: it is built again elsewhere, under other conditions, and
// compared byte for byte.
#pragma once

#include "road/realise.hpp"
#include "sdk/check.hpp"
#include "sdk/manifest.hpp"

#include <filesystem>
#include <optional>

namespace gostrap {

/// Builds what the manifest of `output` says, from pinned source, in a directory below TMPDIR. Sources that
/// `store` has are taken from there: they are checked against their pins all the same. `options` say where
/// else they come from.
Check check_rebuild(const std::filesystem::path& output, const Manifest& manifest, const Releases& releases,
                    const Store& store, RealiseOptions options,
                    const std::optional<std::filesystem::path>& bootstrap, PlanProgress& watcher);

/// The patches of a profile, from an output that was made with it, or else from the store.
std::vector<Patch> patches_of(const Profile& profile, const std::filesystem::path& output,
                              const Store& store);

/// What differs between two trees, each in words: contents, x bits, links, and what only one of them has.
std::vector<std::string> differences(const std::filesystem::path& ours, const std::filesystem::path& rebuilt);

}  // namespace gostrap
