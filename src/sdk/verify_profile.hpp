// verify, of an output with a profile: does it differ from the canonical one as the profile says, and in
// nothing else of its source?
#pragma once

#include "release/release.hpp"
#include "sdk/check.hpp"
#include "sdk/manifest.hpp"

#include <filesystem>

namespace gostrap {

/// Of an SDK or toolchain whose manifest has a profile. go.env and the runtime's defaults are made again from
/// the canonical files that the output keeps. Where it has patches, its source without them must be the
/// pinned one, and with them what it is. A copy of the source is made below $TMPDIR for that.
Check check_profile(const std::filesystem::path& output, const Manifest& manifest, const Release& release);

}  // namespace gostrap
