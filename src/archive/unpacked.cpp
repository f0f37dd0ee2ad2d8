#include "archive/unpacked.hpp"

#include "archive/handles.hpp"
#include "support/error.hpp"
#include "support/interrupt.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t longest_magic = 6;

/// The file as it is.
class Plain final : public Unpacked {
 public:
  Plain(const Fd& file, std::string doing, PackedSeen seen)
      : file_(file), seen_(std::move(seen)), doing_(std::move(doing)), block_(size_of_a_read, '\0') {}

  std::string_view next() override {
    while (true) {
      check_interrupt();
      const ssize_t count = ::pread(file_.get(), block_.data(), block_.size(), static_cast<off_t>(at_));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) throw system_error(doing_);
      at_ += static_cast<std::uint64_t>(count);
      const std::string_view piece = std::string_view(block_).substr(0, static_cast<std::size_t>(count));
      if (seen_) seen_(piece);
      return piece;
    }
  }
  std::uint64_t at() const override { return at_; }

 private:
  const Fd& file_;
  PackedSeen seen_;
  std::string doing_, block_;
  std::uint64_t at_ = 0;
};

class Gzip final : public Unpacked {
 public:
  Gzip(const Fd& file, const std::string& doing, const PackedSeen& seen)
      : packed_(file, doing, seen), doing_(doing), block_(size_of_a_read, '\0') {
    if (::inflateInit2(&stream_, 16 + MAX_WBITS) != Z_OK) throw Error(doing_, "zlib refused to start");
  }
  ~Gzip() override { ::inflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  std::string_view next() override {
    while (!over_) {
      check_interrupt();
      if (rest_.empty()) rest_ = packed_.next();
      if (rest_.empty()) {
        if (!between_) throw Error(doing_, "it is truncated: the gzip around it has no end");
        break;
      }
      if (between_ && !begins_member()) break;
      between_ = false;
      const std::string_view piece = inflate_some();
      if (!piece.empty()) return piece;
    }
    over_ = true;
    return {};
  }
  std::uint64_t at() const override { return packed_.at() - rest_.size(); }

 private:
  /// Several gzips may stand one behind the other; anything else behind one is not looked at.
  bool begins_member() {
    if (rest_.front() != '\x1f') return false;
    if (members_++ > 0) ::inflateReset(&stream_);
    return true;
  }

  std::string_view inflate_some() {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest_.data()));  // zlib only reads there
    stream_.avail_in = static_cast<uInt>(rest_.size());
    stream_.next_out = reinterpret_cast<Bytef*>(block_.data());
    stream_.avail_out = static_cast<uInt>(block_.size());
    const int result = ::inflate(&stream_, Z_NO_FLUSH);
    rest_.remove_prefix(rest_.size() - stream_.avail_in);
    if (result == Z_STREAM_END) {
      between_ = true;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      const std::string why = stream_.msg != nullptr ? stream_.msg : "it does not inflate";
      throw Error(doing_, "it is damaged: the gzip around it: " + why);
    }
    return std::string_view(block_).substr(0, block_.size() - stream_.avail_out);
  }

  Plain packed_;
  std::string doing_, block_;
  std::string_view rest_;
  z_stream stream_ = {};
  std::uint64_t members_ = 0;
  bool between_ = true, over_ = false;
};

/// One filter of libarchive, and no more than one.
class Filtered final : public Unpacked {
 public:
  Filtered(const Fd& file, const std::string& doing, const PackedSeen& seen, int filter)
      : packed_(file, doing, seen), doing_(doing), archive_([this] { return packed_.next(); }) {
    // ARCHIVE_WARN says that another program would be run for it
    if (archive_read_append_filter(archive_.get(), filter) != ARCHIVE_OK) fail();
    archive_read_support_format_raw(archive_.get());
    if (!archive_.open()) fail();
    struct archive_entry* entry = nullptr;
    const int result = archive_read_next_header(archive_.get(), &entry);
    over_ = result == ARCHIVE_EOF;
    if (!over_ && result != ARCHIVE_OK) fail();
  }

  std::string_view next() override {
    while (!over_) {
      check_interrupt();
      const void* data = nullptr;
      std::size_t size = 0;
      la_int64_t offset = 0;
      const int result = archive_read_data_block(archive_.get(), &data, &size, &offset);
      over_ = result == ARCHIVE_EOF;
      if (!over_ && result != ARCHIVE_OK) fail();
      if (!over_ && size > 0) return {static_cast<const char*>(data), size};
    }
    return {};
  }
  std::uint64_t at() const override { return packed_.at(); }

 private:
  [[noreturn]] void fail() const {
    const std::string says = archive_.failure();
    throw Error(doing_, "it is damaged: " + (says.empty() ? "it does not unpack" : says));
  }

  Plain packed_;
  std::string doing_;
  bool over_ = false;
  ReadingArchive archive_;  // last: it uses what stands above
};

}  // namespace

std::unique_ptr<Unpacked> unpacked(const Fd& file, const std::string& doing, const PackedSeen& seen) {
  const std::string head = first_bytes(file, longest_magic);
  const std::string_view after = std::string_view(head).substr(std::min<std::size_t>(head.size(), 1));
  if (head.starts_with("\x1f\x8b")) return std::make_unique<Gzip>(file, doing, seen);
  if (head.starts_with(std::string_view("\xfd\x37\x7a\x58\x5a\x00", 6)))
    return std::make_unique<Filtered>(file, doing, seen, ARCHIVE_FILTER_XZ);
  const bool skippable = !head.empty() && (head.front() & 0xf0) == 0x50 && after.starts_with("\x2a\x4d\x18");
  if (skippable || head.starts_with("\x28\xb5\x2f\xfd"))
    return std::make_unique<Filtered>(file, doing, seen, ARCHIVE_FILTER_ZSTD);
  return std::make_unique<Plain>(file, doing, seen);
}

}  // namespace gostrap
