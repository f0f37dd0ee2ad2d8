// What of a release `gostrap bazel` names for a port: upstream's archive with its checksum, and what the
// store has of both.
#pragma once

#include "release/release.hpp"
#include "sdk/bazel_text.hpp"
#include "store/store.hpp"

#include <functional>

namespace gostrap {

/// Calls `use` with each entry of the store that it takes something from. Throws Error where Bazel runs
/// nothing on the port, or there is no archive.
BazelSdk bazel_sdk(const ReleasePort& at, const Store& store,
                   const std::function<void(const StoreEntry&)>& use);

}  // namespace gostrap
