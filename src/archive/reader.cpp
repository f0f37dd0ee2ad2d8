#include "archive/reader.hpp"

#include "archive/untrusted_name.hpp"
#include "support/error.hpp"
#include "support/interrupt.hpp"

#include <archive_entry.h>

#include <utility>

namespace gostrap {
namespace {

// What may stand before one entry: long names, extended attributes, maps of holes. libarchive keeps them in
// memory.
constexpr std::uint64_t longest_header = std::uint64_t{8} << 20U;
constexpr std::uint64_t usual_header = 2048;

}  // namespace

ArchiveReader::ArchiveReader(const fs::path& file, std::string doing, const Limits& limits,
                             const PackedSeen& seen)
    : doing_(std::move(doing)), limits_(limits), fd_(open_for_reading(file)), size_(fs::file_size(file)) {
  if (size_ > limits_.bytes) throw over_limit(doing_, "bytes", size_, limits_.bytes, "--max-bytes");
  const auto give = [this] { return this->give(); };
  const auto damage = [this](const std::string& says, struct archive_entry* entry) {
    return this->damage(says, entry);
  };
  header_until_ = longest_header;
  if (is_zip(fd_)) {
    zip_.emplace(fd_, size_, doing_);
    require_few_zip_entries();
    entries_.emplace(EntryReader::Format::zip, give, damage, [this](std::int64_t offset, int whence) {
      const std::int64_t place = zip_->seek(offset, whence);
      if (place < 0) throw this->damage({}, nullptr);
      return place;
    });
  } else {
    tar_ = unpacked(fd_, doing_, seen);
    entries_.emplace(EntryReader::Format::tar, give, damage);
  }
}

/// The next bytes for libarchive.
std::string_view ArchiveReader::give() {
  check_interrupt();
  if (zip_) return zip_->next();
  const std::string_view piece = tar_->next();
  given_ += piece.size();
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

void ArchiveReader::require_few_zip_entries() const {
  const std::uint64_t most = limits_.entries > UINT64_MAX / 4 ? UINT64_MAX : limits_.entries * 2 + 1000;
  const std::uint64_t seen = zip_->count_entries(most);
  if (seen > most) throw over_limit(doing_, "entries", seen, limits_.entries, "--max-entries");
}

/// Of all that a zip may be packed with, what Go's are: the others can ask for gigabytes of memory in a few
/// bytes.
void ArchiveReader::require_plain_zip() const {
  const std::string_view format = entries_->format();
  if (format.ends_with("(uncompressed)") || format.ends_with("(deflation)")) return;
  throw Error(doing_, "it is packed otherwise than zips of Go are: " + printable(format), by_hand());
}

std::string ArchiveReader::by_hand() {
  return "Get it again, and compare its SHA-256 with the published one. gostrap reads tar, tar.gz, tar.xz, "
         "tar.zst "
         "and zip.";
}

Error ArchiveReader::damage(const std::string& says, struct archive_entry* entry) const {
  if (entry != nullptr) {
    // most often a name that is not UTF-8; never something that a release's archive has
    const char* const path = archive_entry_pathname(entry);
    return refusal(path != nullptr ? path : "?",
                   "is not in UTF-8, or malformed otherwise: " + (says.empty() ? "?" : says));
  }
  return {doing_, says.empty() ? "it is damaged, or not an archive" : says, by_hand()};
}

Error ArchiveReader::refusal(std::string_view path, const std::string& why) const {
  return {doing_, "the entry " + in_quotes(path) + " " + why, "Nothing of it was used."};
}

void ArchiveReader::refuse(std::string_view path, const std::string& why) const {
  throw refusal(path, why);
}

std::uint64_t ArchiveReader::at() const {
  return zip_ ? zip_->at() : tar_->at();
}

struct archive_entry* ArchiveReader::next() {
  header_until_ = UINT64_MAX;
  if (reading_) entries_->skip();
  header_until_ = given_ + longest_header;
  struct archive_entry* const entry = entries_->next();
  header_until_ = UINT64_MAX;
  reading_ = entry != nullptr;
  if (entry == nullptr && entries_->is_without_end_mark())
    throw Error(doing_, "it is truncated: the mark at its end is missing", by_hand());
  if (entry != nullptr && zip_) require_plain_zip();
  return entry;
}

void ArchiveReader::require_nothing_behind() {
  if (zip_) return;
  entries_->rest([&](std::string_view piece) {
    if (piece.find_first_not_of('\0') != std::string_view::npos)
      throw Error(doing_, "more stands behind the mark at its end, as in no archive of Go", by_hand());
  });
  if (tar_->at() < size_)
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
  entries_->read(entry, take);
  reading_ = false;
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
