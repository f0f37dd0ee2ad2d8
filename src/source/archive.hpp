// The source from an archive file, over libarchive: tar (plain, gzip, xz, zstd) and zip, told apart by
// content.
#pragma once

#include "archive/tree_writer.hpp"
#include "support/progress.hpp"

#include <filesystem>

namespace gostrap {

/// Unpacks what belongs to the source into the empty directory `destination`, without the one directory at
/// the top of the archive ("go", "go-go1.24.4"). The archive is not trusted: see TreeWriter; moreover its
/// content may be at most Limits::ratio times its size. Truncated and damaged archives are refused as far as
/// their format shows it; what stands behind the end-of-archive mark is not read. (That the content is the
/// right one, the NAR hash says.)
void unpack_source(const std::filesystem::path& file, const std::filesystem::path& destination,
                   const Limits& limits, Progress& progress);

}  // namespace gostrap
