// Names that a user types, resolved once: a root is a symbolic link, an entry may be one (to another disk),
// and so may a directory on the way to the store.
#pragma once

#include "store/store.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gostrap {

struct Located {
  std::filesystem::path tree;  ///< without links, where it is there; else absolute
  std::string entry;           ///< "KEY-NAME", where it is an entry of the store or a link to one; else empty
};

Located locate(const Store& store, const std::filesystem::path& named);

/// What the entry there is; nothing for what is none, or has no readable provenance.
std::optional<StoreEntry> entry_at(const Store& store, const std::filesystem::path& named);

/// What is known of where an output comes from: the entry there, or what lies beside a directory that
/// `bundle install --to` unpacked; nothing where nothing is known.
std::optional<StoreEntry> known_entry_at(const Store& store, const std::filesystem::path& named);

}  // namespace gostrap
