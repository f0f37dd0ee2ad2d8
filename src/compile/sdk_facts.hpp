// What an SDK says in its GOROOT: the manifest says it too, with a hash for each of thousands of files.
#pragma once

#include "release/releases.hpp"

#include <filesystem>

namespace gostrap {

/// The port that it targets, from its go.env; where that says none, from the manifest.
Port port_of_sdk(const std::filesystem::path& sdk);

/// Its release as `releases` have it. Of one that they have not, its version with the ports of the default
/// release.
Release release_of_sdk(const std::filesystem::path& sdk, const Releases& releases);

}  // namespace gostrap
