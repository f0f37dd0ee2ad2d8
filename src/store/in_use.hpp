// Keeping prune from what is being read.
#pragma once

#include "store/located.hpp"
#include "store/store.hpp"

#include <filesystem>
#include <optional>

namespace gostrap {

/// Store::use for the entry at a path; nothing where the path is no entry of the store.
inline std::optional<FileLock> use_entry_at(const Store& store, const std::filesystem::path& path) {
  const Located located = locate(store, path);
  if (located.entry.empty()) return std::nullopt;
  return store.use(located.entry.substr(0, located.entry.find('-')));
}

}  // namespace gostrap
