// Upstream's own archive of a toolchain, unpacked in place of a toolchain that make.bash has made: the same
// bits, which nobody here has built. What it is, its published checksum says.
#pragma once

#include "archive/bounds.hpp"
#include "release/published.hpp"
#include "support/progress.hpp"

#include <filesystem>

namespace gostrap {

/// Unpacks `file` into the empty directory `goroot`. It is hashed while it is read: an Error, with both
/// checksums, where it is not the published one. Until this has returned, nothing of `goroot` may be
/// believed. Moreover it is unpacked as a stranger's: see TreeWriter and Limits.
void unpack_published(const std::filesystem::path& file, const PublishedArchive& published,
                      const std::filesystem::path& goroot, const Limits& limits, Progress& progress);

}  // namespace gostrap
