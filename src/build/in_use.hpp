// Keeping prune from what is being read.
#pragma once

#include "build/store.hpp"

#include <filesystem>
#include <optional>

namespace gostrap {

/// Store::use for the entry at a path; nothing where the path is no entry of the store.
inline std::optional<FileLock> use_entry_at(const Store& store, const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  if (path.parent_path() != store.root() || name.find('-') == std::string::npos) return std::nullopt;
  return store.use(name.substr(0, name.find('-')));
}

}  // namespace gostrap
