// The one writer of trees from strangers: git and archives both hand it their entries. Whatever they say,
// nothing is created outside of the root, nothing but plain files, directories and links that stay inside,
// and never more than the limits allow.
#pragma once

#include "archive/bounds.hpp"
#include "support/files.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace gostrap {

class TreeWriter {
 public:
  /// Writes below `root`, which exists and is empty. `doing` stands in errors: "unpack go.tar.gz".
  TreeWriter(std::filesystem::path root, std::string doing, const Limits& limits);

  /// All of these throw Error and write nothing when the path is unsafe, there already, there in another
  /// case, or below something that is not a directory. Directories above it are made. May be called from
  /// several threads.
  void directory(std::string_view path);  ///< one that is there already is no error
  void file(std::string_view path, std::string_view content, bool executable);
  void symlink(std::string_view path, std::string_view target);
  /// A copy of a file that was written and closed before: hard links do not exist in the NAR sense.
  void hard_link(std::string_view path, std::string_view target, bool executable);

  /// A file that is written piece by piece.
  class File {
   public:
    void write(std::string_view piece);
    void skip(std::uint64_t count);  ///< a hole: so many zeros
    void close();

   private:
    friend class TreeWriter;
    File(TreeWriter& writer, Fd fd, std::string path)
        : writer_(&writer), fd_(std::move(fd)), path_(std::move(path)) {}
    TreeWriter* writer_;
    Fd fd_;
    std::string path_;
    bool hole_at_end_ = false;
    std::uint64_t size_ = 0;
  };
  File open_file(std::string_view path, bool executable);

  /// From now on Limits::ratio holds too, for an archive of `archive_size` bytes.
  void bound_by_ratio(std::uint64_t archive_size) { bounds_.bound_by_ratio(archive_size); }
  /// Counts bytes that were read but are not part of the tree; they are bounded as the others are.
  void count_bytes(std::uint64_t count) { bounds_.count_bytes(count); }
  std::uint64_t bytes() const { return bounds_.bytes(); }
  std::uint64_t entries() const { return bounds_.entries(); }

  /// Throws an Error about one entry.
  [[noreturn]] void refuse(std::string_view path, const std::string& why) const;
  const std::string& doing() const { return bounds_.doing(); }
  const Limits& limits() const { return bounds_.limits(); }

 private:
  enum class Kind { directory, file, symlink };
  struct Known {
    std::string path;
    Kind kind;
  };
  struct Reserved {
    std::shared_ptr<const Fd> parent;
    std::string name;
  };

  Reserved reserve(std::string_view path, Kind kind);
  void add_entry(std::string_view path, std::string folded, Kind kind);
  void make_parents(std::string_view path);
  std::shared_ptr<const Fd> open_directory(std::string_view path);

  std::filesystem::path root_;
  Bounds bounds_;

  // Ordered, since a stranger chooses the names: in a hash table they could all meet in one place.
  std::mutex mutex_;                    // guards what follows
  std::map<std::string, Known> known_;  ///< by path, with its case folded
  std::set<std::string> directories_;   ///< those made, in their own case
  std::map<std::string, std::shared_ptr<const Fd>> open_;
};

}  // namespace gostrap
