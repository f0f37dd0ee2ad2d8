// Which SDK a verb uses: shared by env, shell, exec and compile.
#pragma once

#include "cli/common_words.hpp"
#include "cli/profile_options.hpp"
#include "store/store.hpp"

#include <string>

namespace gostrap {

/// What chooses an SDK beside its port.
struct UseWords {
  CommonWords common;
  ReleaseWord release;
  ProfileWords profile;

  void declare(Options& options);
  void declare_without_c(Options& options);
};

struct UsedSdk {
  fs::path path;
  fs::path cache;  ///< its own GOCACHE; empty for Go's
  Release release{};
  Profile profile{};
  std::optional<StoreEntry> compiled_std{};
};

/// Whether gostrap.lock is obeyed, or is about to be written.
enum class LockUse { obeyed, written };

/// The newest SDK of the store for the port that `word` names, of the release that --release names and with
/// the profile that the profile's options name (profile_options.hpp). As long as this process lives, or what
/// it becomes, prune leaves it alone. Throws Error with the command that builds it.
UsedSdk sdk_in_store(const UseWords& words, const std::string& word, LockUse lock = LockUse::obeyed);

}  // namespace gostrap
