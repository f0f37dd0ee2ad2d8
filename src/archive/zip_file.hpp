// The bytes of a zip, which libarchive reads from both ends.
#pragma once

#include "support/files.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace gostrap {

/// Whether the file begins as a zip does.
bool is_zip(const Fd& file);

class ZipFile {
 public:
  /// `doing` stands in errors. The file stays open as long as the object lives.
  ZipFile(const Fd& file, std::uint64_t size, std::string doing);

  /// From where it is at, until it is called again; none at the end.
  std::string_view next();
  /// As lseek(2); -1 for a place before the beginning.
  std::int64_t seek(std::int64_t offset, int whence);
  std::uint64_t at() const;

  /// How many entries its list at the end may name, but no more than `most` + 1: libarchive reads that list
  /// into memory, whole.
  std::uint64_t count_entries(std::uint64_t most) const;

 private:
  const Fd& file_;
  std::uint64_t size_;
  std::string doing_, block_;
  std::uint64_t at_ = 0;
};

}  // namespace gostrap
