// prune: what may go from the store, and its going. Entries stand by themselves (they share files as hard
// links, and none refers to another), so each may go without harm to the others; one that is wanted again is
// made again.
#pragma once

#include "store/roots.hpp"
#include "store/store.hpp"
#include "support/progress.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct PruneOptions {
  unsigned keep = 1;  ///< of each kind, port, release and profile the newest that stay
  std::optional<std::chrono::seconds> older_than;  ///< younger ones stay
};

struct PrunePlan {
  struct Kept {
    StoreEntry entry;
    std::string why;
  };
  std::vector<StoreEntry> entries;  ///< that may go, newest first
  std::vector<Kept> kept;
  std::vector<std::filesystem::path> unknown;  ///< without a readable provenance: not ours to judge
  std::vector<std::filesystem::path> remains;  ///< logs, provenance and locks of entries that are not there
  std::vector<std::filesystem::path> dead_roots;
  std::uint64_t frees = 0;  ///< bytes on disk
};

/// Changes nothing. `now` is what ages are measured against.
PrunePlan plan_prune(const Store& store, const PruneOptions& options,
                     std::chrono::system_clock::time_point now);

struct Pruned {
  std::vector<StoreEntry> removed;
  std::vector<PrunePlan::Kept> left;  ///< in use, or given a root meanwhile
  std::uint64_t freed = 0;
};

/// Removes what the plan names and nobody uses by now. Each entry goes at once, by a rename; what a killed
/// prune leaves of it is out of the way, and the next run removes it.
Pruned prune(const Store& store, const PrunePlan& plan, Progress& progress);

}  // namespace gostrap
