#include "archive/zip_file.hpp"

#include "archive/handles.hpp"
#include "archive/unpacked.hpp"
#include "support/error.hpp"

#include <unistd.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace gostrap {

bool is_zip(const Fd& file) {
  const std::string head = first_bytes(file, 4);
  return head == "PK\x03\x04" || head == "PK\x05\x06";
}

ZipFile::ZipFile(const Fd& file, std::uint64_t size, std::string doing)
    : file_(file), size_(size), doing_(std::move(doing)), block_(size_of_a_read, '\0') {}

std::string_view ZipFile::next() {
  const ssize_t count = ::pread(file_.get(), block_.data(), block_.size(), static_cast<off_t>(at_));
  if (count < 0) throw system_error(doing_);
  at_ += static_cast<std::uint64_t>(count);
  return std::string_view(block_).substr(0, static_cast<std::size_t>(count));
}

std::int64_t ZipFile::seek(std::int64_t offset, int whence) {
  const std::uint64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? at_ : size_;
  const std::int64_t place = static_cast<std::int64_t>(from) + offset;
  if (place >= 0) at_ = static_cast<std::uint64_t>(place);
  return std::max<std::int64_t>(place, -1);
}

std::uint64_t ZipFile::at() const {
  return std::min(at_, size_);
}

std::uint64_t ZipFile::count_entries(std::uint64_t most) const {
  constexpr std::string_view mark = "PK\x01\x02";
  std::uint64_t seen = 0;
  std::string window;  // a mark may lie in two pieces
  const std::unique_ptr<Unpacked> bytes = unpacked(file_, doing_);
  for (std::string_view piece = bytes->next(); !piece.empty(); piece = bytes->next()) {
    window += piece;
    std::size_t next = 0;
    for (std::size_t at = window.find(mark); at != std::string::npos; at = window.find(mark, next)) {
      next = at + mark.size();
      if (++seen > most) return seen;
    }
    window.erase(0, std::max(next, window.size() - std::min(window.size(), mark.size() - 1)));
  }
  return seen;
}

}  // namespace gostrap
