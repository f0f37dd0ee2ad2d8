#include "archive/entry_reader.hpp"

#include "support/interrupt.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t kept_before = 4096;

}  // namespace

EntryReader::EntryReader(Format format, ReadingArchive::Next next, Damage damage, ReadingArchive::Seek seek)
    : next_(std::move(next)),
      damage_(std::move(damage)),
      archive_([this] { return give(); }, std::move(seek)) {
  if (format == Format::tar) archive_read_support_format_tar(archive_.get());
  if (format == Format::zip) archive_read_support_format_zip(archive_.get());
  if (!archive_.open()) fail();
}

std::string_view EntryReader::give() {
  before_ += block_.substr(block_.size() - std::min(block_.size(), kept_before));
  before_.erase(0, before_.size() - std::min(before_.size(), kept_before));
  block_ = next_();
  given_ += block_.size();
  return block_;
}

void EntryReader::fail(struct archive_entry* entry) const {
  throw damage_(archive_.failure(), entry);
}

struct archive_entry* EntryReader::next() {
  check_interrupt();
  struct archive_entry* entry = nullptr;
  const int result = archive_read_next_header(archive_.get(), &entry);
  if (result == ARCHIVE_EOF) return nullptr;
  if (result != ARCHIVE_OK) fail(result == ARCHIVE_WARN ? entry : nullptr);
  return entry;
}

void EntryReader::skip() {
  if (archive_read_data_skip(archive_.get()) < ARCHIVE_WARN) fail();
}

void EntryReader::read(struct archive_entry& entry,
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

bool EntryReader::is_without_end_mark() const {
  const bool tar = (archive_format(archive_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
  return tar && archive_filter_bytes(archive_.get(), 0) <= archive_read_header_position(archive_.get());
}

void EntryReader::rest(const std::function<void(std::string_view)>& take) {
  const auto mark = static_cast<std::uint64_t>(archive_read_header_position(archive_.get()));
  const std::string at_hand = before_ + std::string(block_);
  const std::uint64_t start = given_ - at_hand.size();
  take(std::string_view(at_hand).substr(static_cast<std::size_t>(std::clamp(mark, start, given_) - start)));
  for (bool ended = block_.empty(); !ended; ended = block_.empty()) take(give());
}

std::string_view EntryReader::format() const {
  const char* const name = archive_format_name(archive_.get());
  return name != nullptr ? name : "";
}

}  // namespace gostrap
