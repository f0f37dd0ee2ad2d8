// What has been seen of a log before: its largest tree, in a directory of the store. A log that shows another
// past today than yesterday is found out by it; both its words are kept.
#pragma once

#include "tlog/checkpoint.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gostrap {

class KeptCheckpoints {
 public:
  /// Of the log of that key, below the store's `root`. Nothing is made until something is kept.
  KeptCheckpoints(const std::filesystem::path& root, LogKey key);

  const std::filesystem::path& directory() const { return directory_; }
  const LogKey& key() const { return key_; }

  /// Throws Error for a file that the key has not signed.
  std::optional<Checkpoint> latest() const;
  void keep(const Checkpoint& tree) const;

  /// Writes both notes, and the hashes that show that they contradict each other (none where both are of one
  /// size), each into a file; the directory of these.
  std::filesystem::path keep_fork(const Checkpoint& before, const Checkpoint& now,
                                  const std::string& proof) const;
  /// Those that were found before.
  std::vector<std::filesystem::path> forks() const;

 private:
  LogKey key_;
  std::filesystem::path directory_;
};

}  // namespace gostrap
