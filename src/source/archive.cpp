#include "source/archive.hpp"

#include "archive/reader.hpp"
#include "archive/untrusted_name.hpp"
#include "source/canonical.hpp"
#include "source/directory.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/thread_pool.hpp"

#include <archive_entry.h>
#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t held_whole = std::size_t{1}
                                   << 20U;  // files up to this size are written by another thread
constexpr std::size_t bytes_waiting = std::size_t{32} << 20U;

class Unpacker {
 public:
  Unpacker(const fs::path& file, const fs::path& destination, const Limits& limits, Progress& progress)
      : progress_(progress),
        writer_(destination, "unpack " + file.string(), limits),
        archive_(file, writer_.doing(), limits),
        pool_(1, bytes_waiting) {
    writer_.bound_by_ratio(archive_.size());
  }

  void run() {
    while (struct archive_entry* const entry = archive_.next()) {
      unpack(*entry);
      progress_.amount(archive_.at(), archive_.size(), "bytes");
    }
    pool_.finish();
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
    pool_.wait();  // the target may still be on its way to the disk
    writer_.hard_link(path, below, is_executable_in_source(path));
  }

  void unpack_file(const std::string& path, struct archive_entry& entry) {
    if (!is_in_source(path)) {
      archive_.read(entry, [&](std::uint64_t hole, std::string_view block) {
        writer_.count_bytes(hole + block.size());
      });
      return;
    }
    const bool executable = is_executable_in_source(path);
    const la_int64_t size = archive_entry_size_is_set(&entry) != 0 ? archive_entry_size(&entry) : -1;
    if (size < 0 || static_cast<std::uint64_t>(size) > held_whole || archive_entry_sparse_count(&entry) > 0) {
      TreeWriter::File file = writer_.open_file(path, executable);
      archive_.read(entry, [&](std::uint64_t hole, std::string_view block) {
        file.skip(hole);
        file.write(block);
      });
      file.close();
      return;
    }
    std::string content;
    content.reserve(static_cast<std::size_t>(size));
    archive_.read(entry, [&](std::uint64_t hole, std::string_view block) {
      if (hole + block.size() > held_whole - std::min<std::uint64_t>(content.size(), held_whole)) {
        writer_.refuse(path, "is larger than it says");
      }
      content.append(static_cast<std::size_t>(hole), '\0');
      content.append(block);
    });
    const std::size_t weight = content.size() + 256;
    pool_.add(weight, [this, path, content = std::move(content), executable] {
      writer_.file(path, content, executable);
    });
  }

  Progress& progress_;
  TreeWriter writer_;
  ArchiveReader archive_;
  std::optional<std::string> top_;
  ThreadPool pool_;  // last: its threads use what stands above
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
