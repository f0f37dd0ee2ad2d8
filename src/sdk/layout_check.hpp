// What gostrap adds to a toolchain: links, exec wrappers, go.env, the manifest's own claims. All of it is
// known beforehand, so that whatever else lies there, or is otherwise, was put there by somebody else.
#pragma once

#include "sdk/check.hpp"
#include "sdk/manifest.hpp"

#include <filesystem>

namespace gostrap {

/// Holds everything outside of share/go, and share/go/go.env, against what gostrap would lay out by the
/// manifest; the manifest's claims against each other; and refuses set-user-ID bits, capabilities and files
/// that anybody may write. The toolchain's own files, and those that a profile changes, are others' to check
/// (check_official_toolchain, check_profile). Nothing is run.
/// `release` is the one that the manifest names, where it is known here: its commit, source and ports are
/// held against what the manifest says.
Check check_layout(const std::filesystem::path& output, const Manifest& manifest, const Release* release);

}  // namespace gostrap
