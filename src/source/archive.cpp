#include "source/archive.hpp"

#include "source/canonical.hpp"
#include "source/crew.hpp"
#include "source/directory.hpp"
#include "source/untrusted_name.hpp"
#include "source/utf8_locale.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t block_size = std::size_t{256} << 10U;
constexpr std::size_t held_whole = std::size_t{1}
                                   << 20U;  // files up to this size are written by another thread
constexpr std::size_t bytes_waiting = std::size_t{32} << 20U;

struct FreeArchive {
  void operator()(struct archive* handle) const { archive_read_free(handle); }
};

class Unpacker {
 public:
  Unpacker(const fs::path& file, const fs::path& destination, const Limits& limits, Progress& progress)
      : progress_(progress),
        fd_(open_for_reading(file)),
        writer_(destination, "unpack " + file.string(), limits),
        archive_(archive_read_new()),
        size_(fs::file_size(file)),
        crew_(1, bytes_waiting) {
    if (!archive_) throw Error(writer_.doing(), "there is no memory for it");
    writer_.bound_by_ratio(size_);
    archive_read_support_filter_gzip(archive_.get());
    archive_read_support_filter_xz(archive_.get());
    archive_read_support_filter_zstd(archive_.get());
    archive_read_support_format_tar(archive_.get());
    archive_read_support_format_zip(archive_.get());
    if (archive_read_open_fd(archive_.get(), fd_.get(), block_size) != ARCHIVE_OK) fail();
  }

  void run() {
    struct archive_entry* entry = nullptr;
    while (next(&entry)) {
      unpack(*entry);
      progress_.amount(
          static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_filter_bytes(archive_.get(), -1))),
          size_, "bytes");
    }
    crew_.finish();
    if (!top_) throw Error(writer_.doing(), "it is empty", by_hand());
  }

  const std::string& doing() const { return writer_.doing(); }

 private:
  static std::string by_hand() {
    return "Get it again, and compare its SHA-256 with the published one. gostrap reads tar, tar.gz, tar.xz, "
           "tar.zst "
           "and zip.";
  }
  [[noreturn]] void fail() {
    const char* const text = archive_error_string(archive_.get());
    throw Error(writer_.doing(), text != nullptr ? text : "it is damaged, or not an archive", by_hand());
  }

  bool next(struct archive_entry** entry) {
    const int result = archive_read_next_header(archive_.get(), entry);
    if (result == ARCHIVE_EOF) {
      require_end_mark();
      return false;
    }
    if (result == ARCHIVE_WARN) {
      // most often a name that is not UTF-8; never something that a release's archive has
      const char* const text = archive_error_string(archive_.get());
      writer_.refuse(
          archive_entry_pathname(*entry) != nullptr ? archive_entry_pathname(*entry) : "?",
          std::string("is not in UTF-8, or malformed otherwise: ") + (text != nullptr ? text : "?"));
    }
    if (result != ARCHIVE_OK) fail();
    return true;
  }

  /// A tar that was cut between two entries looks complete to libarchive: but no mark stands where it ends.
  void require_end_mark() {
    const bool tar = (archive_format(archive_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
    if (tar && archive_filter_bytes(archive_.get(), 0) <= archive_read_header_position(archive_.get())) {
      throw Error(writer_.doing(), "it is truncated: the mark at its end is missing", by_hand());
    }
  }

  /// The entry's path as it is given, checked, without "./" before and "/" behind it.
  std::string_view checked_path(struct archive_entry& entry) {
    const char* const given = archive_entry_pathname(&entry);
    if (given == nullptr) writer_.refuse("?", "has a name that is not in UTF-8");
    std::string_view path = given;
    while (path.starts_with("./")) path.remove_prefix(2);
    if (archive_entry_filetype(&entry) == AE_IFDIR && path.ends_with('/')) path.remove_suffix(1);
    if ((path.empty() || path == ".") && archive_entry_filetype(&entry) == AE_IFDIR) return {};
    const std::string unsafe = why_unsafe_path(path);
    if (!unsafe.empty()) writer_.refuse(given, unsafe);
    return path;
  }

  /// `path` without the directory at the top, which must be the same for all entries.
  std::string_view below_top(std::string_view path) {
    const std::size_t slash = path.find('/');
    const std::string_view top = path.substr(0, slash);
    if (!top_) top_ = std::string(top);
    if (top != *top_) {
      throw Error(writer_.doing(),
                  "it has more than one thing at its top, " + in_quotes(*top_) + " and " + in_quotes(top) +
                      ": a Go source lies in one directory",
                  by_hand());
    }
    return slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  }

  void unpack(struct archive_entry& entry) {
    const std::string_view whole = checked_path(entry);
    if (whole.empty()) return;
    const unsigned type = archive_entry_filetype(&entry);
    if ((archive_entry_perm(&entry) & (S_ISUID | S_ISGID)) != 0)
      writer_.refuse(whole, "has a set-uid or set-gid bit");
    const char* const hard_link = archive_entry_hardlink(&entry);
    if (hard_link == nullptr && type != AE_IFREG && type != AE_IFDIR && type != AE_IFLNK) {
      writer_.refuse(whole, "is " + kind_of(type) + "; a source has files, directories and links");
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

  static std::string kind_of(unsigned type) {
    switch (type) {
      case AE_IFIFO:
        return "a fifo";
      case AE_IFCHR:
      case AE_IFBLK:
        return "a device";
      case AE_IFSOCK:
        return "a socket";
      default:
        return "of no known kind";
    }
  }

  void unpack_hard_link(const std::string& path, std::string_view whole, std::string_view target) {
    while (target.starts_with("./")) target.remove_prefix(2);
    const std::string unsafe = why_unsafe_path(target);
    if (!unsafe.empty())
      writer_.refuse(whole, "is a hard link to " + in_quotes(target) + ", which " + unsafe);
    const std::string_view below = below_top(target);
    if (!is_in_source(path)) return;
    crew_.wait();  // the target may still be on its way to the disk
    writer_.hard_link(path, below, is_executable_in_source(path));
  }

  void unpack_file(const std::string& path, struct archive_entry& entry) {
    if (!is_in_source(path)) {
      read_blocks(entry, [&](std::uint64_t hole, std::string_view block) {
        writer_.count_bytes(hole + block.size());
      });
      return;
    }
    const bool executable = is_executable_in_source(path);
    const la_int64_t size = archive_entry_size_is_set(&entry) != 0 ? archive_entry_size(&entry) : -1;
    if (size < 0 || static_cast<std::uint64_t>(size) > held_whole || archive_entry_sparse_count(&entry) > 0) {
      TreeWriter::File file = writer_.open_file(path, executable);
      read_blocks(entry, [&](std::uint64_t hole, std::string_view block) {
        file.skip(hole);
        file.write(block);
      });
      file.close();
      return;
    }
    std::string content;
    content.reserve(static_cast<std::size_t>(size));
    read_blocks(entry, [&](std::uint64_t hole, std::string_view block) {
      if (hole + block.size() > held_whole - std::min<std::uint64_t>(content.size(), held_whole)) {
        writer_.refuse(path, "is larger than it says");
      }
      content.append(static_cast<std::size_t>(hole), '\0');
      content.append(block);
    });
    const std::size_t weight = content.size() + 256;
    crew_.add(weight, [this, path, content = std::move(content), executable] {
      writer_.file(path, content, executable);
    });
  }

  /// Calls take(zeros before the block, block) to the end of the entry.
  template <class Take>
  void read_blocks(struct archive_entry& entry, Take&& take) {
    std::uint64_t at = 0;
    while (true) {
      check_interrupt();
      const void* data = nullptr;
      std::size_t size = 0;
      la_int64_t offset = 0;
      const int result = archive_read_data_block(archive_.get(), &data, &size, &offset);
      if (result == ARCHIVE_EOF) break;
      if (result != ARCHIVE_OK) fail();
      if (offset < 0 || static_cast<std::uint64_t>(offset) < at) fail();
      take(static_cast<std::uint64_t>(offset) - at, std::string_view(static_cast<const char*>(data), size));
      at = static_cast<std::uint64_t>(offset) + size;
    }
    const la_int64_t end = archive_entry_size_is_set(&entry) != 0 ? archive_entry_size(&entry) : 0;
    if (end > 0 && static_cast<std::uint64_t>(end) > at) take(static_cast<std::uint64_t>(end) - at, {});
  }

  Progress& progress_;
  Utf8Locale locale_;
  Fd fd_;
  TreeWriter writer_;
  std::unique_ptr<struct archive, FreeArchive> archive_;
  std::uint64_t size_;
  std::optional<std::string> top_;
  Crew crew_;  // last: its threads use what stands above
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
