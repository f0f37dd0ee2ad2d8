// Unpacking a bundle as it streams by: what a run that was cut short has finished is not done again.
#pragma once

#include "bundle/entry_installer.hpp"
#include "bundle/install_target.hpp"
#include "bundle/reader.hpp"
#include "bundle/voucher.hpp"
#include "release/releases.hpp"
#include "store/store.hpp"
#include "support/lock.hpp"
#include "support/progress.hpp"

#include <optional>
#include <vector>

namespace gostrap {

/// Walks the rest of the bundle, whose head was read. What its releases are, `releases` has to know already.
/// In the order of the index.
std::vector<InstalledEntry> install_bundle(BundleReader& reader, const InstallTarget& place, Voucher voucher,
                                           const Releases& releases, Progress& progress);

/// Keeps prune from the bundle's entries, those that are there and those that will be, as long as they are
/// held.
std::vector<std::optional<FileLock>> use_entries(const Store& store, const BundleIndex& index,
                                                 Voucher voucher, const Releases& releases);

/// Throws Error for a bundle whose SDKs run elsewhere: a store's are expected to run here.
void require_runs_here(const BundleIndex& index);

}  // namespace gostrap
