// The compiled std of an SDK, put to use where the store has one: the first build does not compile it again.
#pragma once

#include "cli/use.hpp"
#include "store/store.hpp"
#include "support/process.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace gostrap {

/// That of the SDK among a store's entries; nothing where there is none, and of a stranger's only with a
/// stranger's SDK.
std::optional<StoreEntry> compiled_std(const std::vector<StoreEntry>& entries, const StoreEntry& sdk,
                                       const Release& release);

/// Whether that release's go commands can be told of it by GOCACHEPROG.
bool has_cache_programs(const StoreEntry& compiled);
/// An empty GOCACHEPROG says so.
bool is_unwanted(const Environment& environment);

/// What the go command is told of it: GOCACHEPROG, for Go 1.24 and newer, where the user has not set it
/// himself (which is said); for older ones it is put into their GOCACHE now. `environment` is what the go
/// command will run in.
Environment settings_for(const StoreEntry& compiled, const Environment& environment);

}  // namespace gostrap
