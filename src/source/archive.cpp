#include "source/archive.hpp"

#include "archive/file_unpacker.hpp"
#include "archive/untrusted_name.hpp"
#include "source/canonical.hpp"
#include "source/directory.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

#include <archive_entry.h>
#include <sys/stat.h>

#include <optional>
#include <string>

namespace gostrap {
namespace {

class Unpacker {
 public:
  Unpacker(const fs::path& file, const fs::path& destination, const Limits& limits, Progress& progress)
      : progress_(progress),
        writer_(destination, "unpack " + file.string(), limits),
        archive_(file, writer_.doing(), limits),
        files_(archive_, writer_) {
    writer_.bound_by_ratio(archive_.size());
  }

  void run() {
    while (struct archive_entry* const entry = archive_.next()) {
      unpack(*entry);
      progress_.amount(archive_.at(), archive_.size(), "bytes");
    }
    files_.finish();
    if (!top_) throw Error(writer_.doing(), "it is empty", ArchiveReader::by_hand());
  }

  const std::string& doing() const { return writer_.doing(); }

 private:
  /// `path` without the directory at the top, which must be the same for all entries.
  std::string_view below_top(std::string_view path) {
    const std::size_t slash = path.find('/');
    const std::string_view top = path.substr(0, slash);
    if (!top_) top_ = std::string(top);
    if (top != *top_) {
      throw Error(writer_.doing(),
                  "it has more than one thing at its top, " + in_quotes(*top_) + " and " + in_quotes(top) +
                      ": a Go source lies in one directory",
                  ArchiveReader::by_hand());
    }
    return slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  }

  void unpack(struct archive_entry& entry) {
    const std::string_view whole = archive_.checked_path(entry);
    if (whole.empty()) return;
    const unsigned type = archive_entry_filetype(&entry);
    if ((archive_entry_perm(&entry) & (S_ISUID | S_ISGID)) != 0)
      writer_.refuse(whole, "has a set-uid or set-gid bit");
    const char* const hard_link = archive_entry_hardlink(&entry);
    if (hard_link == nullptr && type != AE_IFREG && type != AE_IFDIR && type != AE_IFLNK) {
      writer_.refuse(whole, "is " + kind_of_entry(type) + "; a source has files, directories and links");
    }
    const std::string path(below_top(whole));
    if (path.empty()) {
      if (type != AE_IFDIR) writer_.refuse(whole, "stands at the top, where a Go source has one directory");
      return;
    }
    if (hard_link != nullptr) return unpack_hard_link(path, whole, hard_link);
    if (type == AE_IFLNK) {
      const char* const target = archive_entry_symlink(&entry);
      if (target == nullptr) writer_.refuse(whole, "is a link to a name that is not in UTF-8");
      if (const std::string unsafe = why_unsafe_link(path, target); !unsafe.empty()) {
        writer_.refuse(whole, "is a link to " + in_quotes(target) + " and " + unsafe);
      }
      if (is_in_source(path)) writer_.symlink(path, target);
    } else if (type == AE_IFDIR) {
      if (is_in_source(path)) writer_.directory(path);
    } else {
      unpack_file(path, entry);
    }
  }

  void unpack_hard_link(const std::string& path, std::string_view whole, std::string_view target) {
    while (target.starts_with("./")) target.remove_prefix(2);
    const std::string unsafe = why_unsafe_path(target);
    if (!unsafe.empty())
      writer_.refuse(whole, "is a hard link to " + in_quotes(target) + ", which " + unsafe);
    const std::string_view below = below_top(target);
    if (!is_in_source(path)) return;
    files_.wait();  // the target may still be on its way to the disk
    writer_.hard_link(path, below, is_executable_in_source(path));
  }

  void unpack_file(const std::string& path, struct archive_entry& entry) {
    if (!is_in_source(path)) {
      archive_.read(entry, [&](std::uint64_t hole, std::string_view block) {
        writer_.count_bytes(hole + block.size());
      });
      return;
    }
    files_.unpack(entry, path, is_executable_in_source(path));
  }

  Progress& progress_;
  TreeWriter writer_;
  ArchiveReader archive_;
  std::optional<std::string> top_;
  FileUnpacker files_;  // last: it uses what stands above
};

}  // namespace

void unpack_source(const fs::path& file, const fs::path& destination, const Limits& limits,
                   Progress& progress) {
  progress.phase("Unpacking " + file.string());
  Unpacker unpacker(file, destination, limits, progress);
  unpacker.run();
  require_go_source(destination, unpacker.doing());
}

}  // namespace gostrap
