// Hashes of files, remembered with what stat tells of them: unless that changes, a file is not read again. A
// file that was written to a moment ago may change once more without stat telling, and is not remembered (as
// git's index does it).
#pragma once

#include "support/files.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace gostrap {

/// What stat tells of a file's content.
struct FileStamp {
  std::uint64_t size = 0, inode = 0;
  std::int64_t modified = 0, changed = 0;  ///< nanoseconds
  bool operator==(const FileStamp&) const = default;
};

/// Nothing when the file is not there. Follows links.
std::optional<FileStamp> stamp_of(const std::string& path);
/// True when it was changed so shortly before now that another change could have the same stamp.
bool is_fresh(const FileStamp& stamp);

class FileHashes {
 public:
  /// Reads what an earlier run remembered; what cannot be read is as good as nothing.
  explicit FileHashes(fs::path memory);

  /// SHA-256, hexadecimal. Throws Error when it cannot be read. May be called by several threads.
  std::string of(const std::string& path);
  /// Writes what was learned, if anything was.
  void save();

 private:
  struct Known {
    FileStamp stamp;
    std::string hash;
    bool used = false;
  };
  fs::path memory_;
  std::mutex mutex_;
  std::map<std::string, Known> known_;  // ordered: names of files can be made to collide
  bool changed_ = false;
};

}  // namespace gostrap
