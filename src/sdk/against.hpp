// One archive held against another that should hold the same, such as ours against one that was downloaded:
// where a published one carries code signatures, a checksum cannot say.
#pragma once

#include "archive/bounds.hpp"
#include "sdk/check.hpp"

#include <filesystem>

namespace gostrap {

/// Compares entry by entry, in their order: name, kind, permissions, owner, time, content. Code signatures of
/// Mach-O programs are allowed for, on either side, and nothing else. Both are read as strangers' archives:
/// an Error says what is wrong with one that cannot be read.
Check check_against(const std::filesystem::path& ours, const std::filesystem::path& theirs,
                    const Limits& limits);

/// The same for `ours`, or where that is an output the archive in it of the downloaded one's name.
Check check_output_against(const std::filesystem::path& ours, const std::filesystem::path& theirs,
                           const Limits& limits);

}  // namespace gostrap
