// Whether an entry of a bundle is what the index calls it: what its hashes cannot say.
#pragma once

#include "bundle/reader.hpp"
#include "bundle/voucher.hpp"
#include "release/releases.hpp"
#include "sdk/manifest.hpp"

#include <filesystem>
#include <optional>

namespace gostrap {

/// Before it is unpacked: the source that it was made from is the release's. All of these throw Error.
void require_pin(const BundleReader& reader, const BundleEntry& entry, const Releases& releases);
/// When it is unpacked into `tree`, and all hashes were right. Returns the manifest of what has one.
std::optional<Manifest> require_tree(const BundleReader& reader, const BundleEntry& entry,
                                     const std::filesystem::path& tree, const Contents& contents,
                                     Voucher voucher);

}  // namespace gostrap
