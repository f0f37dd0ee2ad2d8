// What a verb is to judge: a name that a user typed, resolved, and whether anybody here knows who made it.
#pragma once

#include "store/store.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace gostrap {

struct Subject {
  std::filesystem::path named;      ///< for people
  std::filesystem::path tree;       ///< without links
  std::optional<StoreEntry> entry;  ///< where it is one of the store's
  std::string whence;               ///< why its programs are not run unasked; empty where they are
};

/// docs/TRUST.md: what was made here, vouched for, or lies in the Nix store is run; of all else it is first
/// asked whether it is what upstream published.
Subject subject_of(const std::string& word, const Store& store);

}  // namespace gostrap
