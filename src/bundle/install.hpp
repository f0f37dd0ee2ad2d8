// Unpacking a bundle as it streams by: what a run that was cut short has finished is not done again.
#pragma once

#include "bundle/entry_installer.hpp"
#include "bundle/install_target.hpp"
#include "bundle/reader.hpp"
#include "bundle/voucher.hpp"
#include "release/release.hpp"
#include "support/progress.hpp"

#include <vector>

namespace gostrap {

/// Walks the rest of the bundle, whose head was read. What its releases are, `releases` has to know already.
/// In the order of the index.
std::vector<InstalledEntry> install_bundle(BundleReader& reader, const InstallTarget& place, Voucher voucher,
                                           const Releases& releases, Progress& progress);

/// Throws Error for a bundle whose SDKs run elsewhere: a store's are expected to run here.
void require_runs_here(const BundleIndex& index);

}  // namespace gostrap
