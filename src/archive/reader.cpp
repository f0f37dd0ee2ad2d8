#include "archive/reader.hpp"

#include "archive/untrusted_name.hpp"
#include "support/error.hpp"
#include "support/interrupt.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t block_size = std::size_t{256} << 10U;
// What may stand before one entry: long names, extended attributes, maps of holes. libarchive keeps them in
// memory.
constexpr std::uint64_t longest_header = std::uint64_t{8} << 20U;
constexpr std::uint64_t usual_header = 2048;

}  // namespace

void ArchiveReader::Free::operator()(struct archive* handle) const {
  archive_read_free(handle);
}

ArchiveReader::ArchiveReader(const fs::path& file, std::string doing, const Limits& limits)
    : doing_(std::move(doing)),
      limits_(limits),
      fd_(open_for_reading(file)),
      size_(fs::file_size(file)),
      archive_(archive_read_new()) {
  if (!archive_) throw Error(doing_, "there is no memory for it");
  if (size_ > limits_.bytes) throw over_limit(doing_, "bytes", size_, limits_.bytes, "--max-bytes");
  if (is_zip(fd_)) {
    count_zip_entries();
    block_.resize(block_size);
    archive_read_support_format_zip(archive_.get());
    archive_read_set_seek_callback(
        archive_.get(), [](struct archive* a, void* self, la_int64_t to, int whence) {
          return guarded(a, self, [=](ArchiveReader& me) {
            const std::uint64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? me.zip_at_ : me.size_;
            const std::int64_t place = static_cast<std::int64_t>(from) + to;
            if (place < 0) me.fail();
            me.zip_at_ = static_cast<std::uint64_t>(place);
            return place;
          });
        });
  } else {
    bytes_ = unpacked(fd_, doing_);
    archive_read_support_format_tar(archive_.get());
  }
  open();
}

void ArchiveReader::open() {
  archive_read_set_callback_data(archive_.get(), this);
  archive_read_set_read_callback(archive_.get(), [](struct archive* a, void* self, const void** data) {
    return static_cast<la_ssize_t>(guarded(a, self, [=](ArchiveReader& me) {
      const std::string_view piece = me.give();
      *data = piece.data();
      return static_cast<std::int64_t>(piece.size());
    }));
  });
  header_until_ = longest_header;
  if (archive_read_open1(archive_.get()) != ARCHIVE_OK) fail();
}

/// Runs inside of libarchive: no exception may leave it.
template <class Act>
std::int64_t ArchiveReader::guarded(struct archive* handle, void* self, Act&& act) noexcept {
  ArchiveReader& me = *static_cast<ArchiveReader*>(self);
  try {
    return act(me);
  } catch (...) {
    me.failure_ = std::current_exception();
    archive_set_error(handle, EIO, "not read");
    return ARCHIVE_FATAL;
  }
}

/// The next bytes for libarchive.
std::string_view ArchiveReader::give() {
  check_interrupt();
  if (!bytes_) {
    const ssize_t count = ::pread(fd_.get(), block_.data(), block_.size(), static_cast<off_t>(zip_at_));
    if (count < 0) throw system_error(doing_);
    zip_at_ += static_cast<std::uint64_t>(count);
    return std::string_view(block_).substr(0, static_cast<std::size_t>(count));
  }
  const std::string_view piece = bytes_->next();
  given_ += piece.size();
  last_given_ = piece;
  if (given_ > header_until_) {
    throw Error(doing_,
                "what it says of one entry has more than " + std::to_string(longest_header) +
                    " bytes, as no archive of Go has",
                by_hand());
  }
  const std::uint64_t headers = limits_.entries > (UINT64_MAX - limits_.bytes) / usual_header
                                    ? UINT64_MAX - limits_.bytes
                                    : limits_.entries * usual_header;
  if (given_ > limits_.bytes + headers)
    throw over_limit(doing_, "bytes, unpacked,", given_, limits_.bytes + headers, "--max-bytes");
  return piece;
}

/// libarchive reads the list at the end of a zip into memory, whole.
void ArchiveReader::count_zip_entries() const {
  constexpr std::string_view mark = "PK\x01\x02";
  const std::uint64_t most = limits_.entries > UINT64_MAX / 4 ? UINT64_MAX : limits_.entries * 2 + 1000;
  std::uint64_t seen = 0;
  std::string window;  // a mark may lie in two pieces
  const std::unique_ptr<Unpacked> bytes = unpacked(fd_, doing_);
  for (std::string_view piece = bytes->next(); !piece.empty(); piece = bytes->next()) {
    window += piece;
    std::size_t next = 0;
    for (std::size_t at = window.find(mark); at != std::string::npos; at = window.find(mark, next)) {
      next = at + mark.size();
      if (++seen > most) throw over_limit(doing_, "entries", seen, limits_.entries, "--max-entries");
    }
    window.erase(0, std::max(next, window.size() - std::min(window.size(), mark.size() - 1)));
  }
}

/// Of all that a zip may be packed with, what Go's are: the others can ask for gigabytes of memory in a few
/// bytes.
void ArchiveReader::require_plain_zip() const {
  const char* const name = archive_format_name(archive_.get());
  const std::string_view format = name != nullptr ? name : "";
  if (format.ends_with("(uncompressed)") || format.ends_with("(deflation)")) return;
  throw Error(doing_, "it is packed otherwise than zips of Go are: " + printable(format), by_hand());
}

ArchiveReader::~ArchiveReader() = default;

std::string ArchiveReader::by_hand() {
  return "Get it again, and compare its SHA-256 with the published one. gostrap reads tar, tar.gz, tar.xz, "
         "tar.zst "
         "and zip.";
}

void ArchiveReader::fail() const {
  if (failure_) std::rethrow_exception(failure_);
  const char* const text = archive_error_string(archive_.get());
  throw Error(doing_, text != nullptr ? printable(text) : "it is damaged, or not an archive", by_hand());
}

void ArchiveReader::refuse(std::string_view path, const std::string& why) const {
  throw Error(doing_, "the entry " + in_quotes(path) + " " + why, "Nothing of it was used.");
}

std::uint64_t ArchiveReader::at() const {
  return bytes_ ? bytes_->at() : std::min(zip_at_, size_);
}

struct archive_entry* ArchiveReader::next() {
  check_interrupt();
  header_until_ = UINT64_MAX;
  if (reading_ && archive_read_data_skip(archive_.get()) < ARCHIVE_WARN) fail();
  header_until_ = given_ + longest_header;
  struct archive_entry* entry = nullptr;
  const int result = archive_read_next_header(archive_.get(), &entry);
  header_until_ = UINT64_MAX;
  if (result == ARCHIVE_EOF) {
    require_end_mark();
    return nullptr;
  }
  if (result == ARCHIVE_WARN) {
    // most often a name that is not UTF-8; never something that a release's archive has
    const char* const text = archive_error_string(archive_.get());
    refuse(
        archive_entry_pathname(entry) != nullptr ? archive_entry_pathname(entry) : "?",
        std::string("is not in UTF-8, or malformed otherwise: ") + (text != nullptr ? printable(text) : "?"));
  }
  if (result != ARCHIVE_OK) fail();
  if (!bytes_) require_plain_zip();
  reading_ = true;
  return entry;
}

/// A tar that was cut between two entries looks complete to libarchive: but no mark stands where it ends.
void ArchiveReader::require_end_mark() const {
  const bool tar = (archive_format(archive_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
  if (tar && archive_filter_bytes(archive_.get(), 0) <= archive_read_header_position(archive_.get())) {
    throw Error(doing_, "it is truncated: the mark at its end is missing", by_hand());
  }
}

void ArchiveReader::require_nothing_behind() {
  if (!bytes_) return;
  const auto mark = static_cast<std::uint64_t>(archive_read_header_position(archive_.get()));
  const std::uint64_t start = given_ - last_given_.size();
  std::string_view rest =
      last_given_.substr(static_cast<std::size_t>(std::min(std::max(mark, start), given_) - start));
  while (!rest.empty()) {
    if (rest.find_first_not_of('\0') != std::string_view::npos)
      throw Error(doing_, "more stands behind the mark at its end, as in no archive of Go", by_hand());
    rest = give();
  }
  if (bytes_->at() < size_)
    throw Error(doing_, "more stands behind it in its file, as in no archive of Go", by_hand());
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
  reading_ = false;
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
