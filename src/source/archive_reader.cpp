#include "source/archive_reader.hpp"

#include "source/untrusted_name.hpp"
#include "support/error.hpp"
#include "support/interrupt.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t block_size = std::size_t{256} << 10U;

}  // namespace

void ArchiveReader::Free::operator()(struct archive* handle) const {
  archive_read_free(handle);
}

ArchiveReader::ArchiveReader(const fs::path& file, std::string doing)
    : doing_(std::move(doing)),
      fd_(open_for_reading(file)),
      archive_(archive_read_new()),
      size_(fs::file_size(file)) {
  if (!archive_) throw Error(doing_, "there is no memory for it");
  archive_read_support_filter_gzip(archive_.get());
  archive_read_support_filter_xz(archive_.get());
  archive_read_support_filter_zstd(archive_.get());
  archive_read_support_format_tar(archive_.get());
  archive_read_support_format_zip(archive_.get());
  if (archive_read_open_fd(archive_.get(), fd_.get(), block_size) != ARCHIVE_OK) fail();
}

ArchiveReader::~ArchiveReader() = default;

std::string ArchiveReader::by_hand() {
  return "Get it again, and compare its SHA-256 with the published one. gostrap reads tar, tar.gz, tar.xz, "
         "tar.zst "
         "and zip.";
}

void ArchiveReader::fail() const {
  const char* const text = archive_error_string(archive_.get());
  throw Error(doing_, text != nullptr ? text : "it is damaged, or not an archive", by_hand());
}

void ArchiveReader::refuse(std::string_view path, const std::string& why) const {
  throw Error(doing_, "the entry " + in_quotes(path) + " " + why, "Nothing of it was used.");
}

std::uint64_t ArchiveReader::at() const {
  return static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_filter_bytes(archive_.get(), -1)));
}

struct archive_entry* ArchiveReader::next() {
  struct archive_entry* entry = nullptr;
  const int result = archive_read_next_header(archive_.get(), &entry);
  if (result == ARCHIVE_EOF) {
    require_end_mark();
    return nullptr;
  }
  if (result == ARCHIVE_WARN) {
    // most often a name that is not UTF-8; never something that a release's archive has
    const char* const text = archive_error_string(archive_.get());
    refuse(archive_entry_pathname(entry) != nullptr ? archive_entry_pathname(entry) : "?",
           std::string("is not in UTF-8, or malformed otherwise: ") + (text != nullptr ? text : "?"));
  }
  if (result != ARCHIVE_OK) fail();
  return entry;
}

/// A tar that was cut between two entries looks complete to libarchive: but no mark stands where it ends.
void ArchiveReader::require_end_mark() const {
  const bool tar = (archive_format(archive_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
  if (tar && archive_filter_bytes(archive_.get(), 0) <= archive_read_header_position(archive_.get())) {
    throw Error(doing_, "it is truncated: the mark at its end is missing", by_hand());
  }
}

std::string_view ArchiveReader::checked_path(struct archive_entry& entry) const {
  const char* const given = archive_entry_pathname(&entry);
  if (given == nullptr) refuse("?", "has a name that is not in UTF-8");
  std::string_view path = given;
  while (path.starts_with("./")) path.remove_prefix(2);
  if (archive_entry_filetype(&entry) == AE_IFDIR && path.ends_with('/')) path.remove_suffix(1);
  if ((path.empty() || path == ".") && archive_entry_filetype(&entry) == AE_IFDIR) return {};
  const std::string unsafe = why_unsafe_path(path);
  if (!unsafe.empty()) refuse(given, unsafe);
  return path;
}

void ArchiveReader::read(struct archive_entry& entry,
                         const std::function<void(std::uint64_t, std::string_view)>& take) {
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

std::string kind_of_entry(unsigned type) {
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

}  // namespace gostrap
