// Whoever is given a stranger's entry is told so, each time, on standard error.
#pragma once

#include "store/store.hpp"

#include <filesystem>

namespace gostrap {

/// One line, of an entry of a stranger's; nothing of any other.
void tell_strangers(const StoreEntry& entry);

/// The same for what lies at a path: an entry of the store, or what `bundle install --to` unpacked.
void tell_strangers_at(const Store& store, const std::filesystem::path& path);

}  // namespace gostrap
