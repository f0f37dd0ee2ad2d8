// Hashes of files, remembered with what stat tells of them: unless that changes, a file is not read again. A
// file that was written to a moment ago may change once more without stat telling, and is not remembered (as
// git's index does it).
#pragma once

#include "support/files.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace gostrap {

/// What stat tells of a file's content.
struct FileStamp {
  std::uint64_t size = 0, inode = 0;
  std::int64_t modified = 0, changed = 0;  ///< nanoseconds
  bool operator==(const FileStamp&) const = default;
};

/// Nothing when the file is not there. Follows links.
std::optional<FileStamp> stamp_of(const std::string& path);
/// Of the system's clock, as stamps have it.
std::int64_t now_in_nanoseconds();
/// True when it was changed after `moment`, or so shortly before it that another change could have the same
/// stamp.
bool is_fresh(const FileStamp& stamp, std::int64_t moment);

class FileHashes {
 public:
  /// Reads what an earlier run remembered; what cannot be read is as good as nothing.
  explicit FileHashes(fs::path memory);

  /// Inputs below these do not change behind their stamps: an SDK, the module cache. All others are read in
  /// every run.
  void settle(std::vector<std::string> roots);

  /// SHA-256, hexadecimal. Throws Error when it cannot be read. May be called by several threads.
  std::string of(const std::string& path);
  /// The same of what a program is made of: what is said of it first holds to the end of the run, and is held
  /// against the file by the following.
  std::string of_input(const std::string& path);
  /// Whether the file is what it was when it was first asked for.
  bool is_unchanged(const std::string& path);
  /// The first of all inputs, by name, that is not.
  std::optional<std::string> changed_input();
  /// An input that was written to after `moment`, or shortly before it.
  std::optional<std::string> input_later_than(std::int64_t moment) const;
  std::map<std::string, FileStamp> input_stamps() const;
  /// Begins anew with inputs.
  void forget_inputs();
  /// Writes what was learned, if anything was.
  void save();

 private:
  struct Known {
    FileStamp stamp;
    std::string hash;
    bool used = false;
  };
  struct Input {
    FileStamp stamp;
    std::string hash;
    bool fresh = false;
  };
  std::pair<FileStamp, std::string> look_at(const std::string& path, bool remembered);

  fs::path memory_;
  mutable std::mutex mutex_;
  std::map<std::string, Input> inputs_;
  std::vector<std::string> settled_;
  std::map<std::string, Known> known_;  // ordered: names of files can be made to collide
  bool changed_ = false;
};

}  // namespace gostrap
