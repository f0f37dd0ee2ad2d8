// The entries of an archive file, one after the other: tar (plain, gzip, xz, zstd) and zip, told apart by
// content. What is done with them is up to others; damage is told here.
#pragma once

#include "archive/bounds.hpp"
#include "archive/entry_reader.hpp"
#include "archive/unpacked.hpp"
#include "archive/zip_file.hpp"
#include "support/files.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

class ArchiveReader {
 public:
  /// `doing` stands in errors: "unpack go.tar.gz". The archive may not be larger than Limits::bytes, nor what
  /// it takes to read it, whatever becomes of its entries. `seen` is given the bytes of the file as they are
  /// read; of a zip, where one reads to and fro, nothing.
  ArchiveReader(const fs::path& file, std::string doing, const Limits& limits, const PackedSeen& seen = {});
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;

  /// The next entry, which stays until the one after it; null at the end. Truncated and damaged archives are
  /// refused as far as their format shows it, and so are names that are not in UTF-8.
  struct archive_entry* next();
  /// Calls take(zeros before the block, block) to the end of the entry that next() gave.
  void read(struct archive_entry& entry, const std::function<void(std::uint64_t, std::string_view)>& take);
  /// After the last entry: throws where anything but zeros stands behind the mark at a tar's end, or behind
  /// what it is packed in. Other programs may find entries there.
  void require_nothing_behind();
  /// The entry's path as it is given, checked, without "./" before and "/" behind it; empty for the directory
  /// that is the archive's own root.
  std::string_view checked_path(struct archive_entry& entry) const;

  std::uint64_t size() const { return size_; }  ///< of the file
  std::uint64_t at() const;                     ///< how much of it was read, or of a zip, where
  const std::string& doing() const { return doing_; }
  /// What to do about an archive that is damaged.
  static std::string by_hand();
  [[noreturn]] void refuse(std::string_view path, const std::string& why) const;

 private:
  Error refusal(std::string_view path, const std::string& why) const;
  Error damage(const std::string& says, struct archive_entry* entry) const;
  void require_few_zip_entries() const;
  void require_plain_zip() const;
  std::string_view give();

  std::string doing_;
  Limits limits_;
  Fd fd_;
  std::uint64_t size_;
  std::unique_ptr<Unpacked> tar_;
  std::optional<ZipFile> zip_;               ///< where it is none
  std::uint64_t given_ = 0;                  ///< bytes of the tar
  std::uint64_t header_until_ = UINT64_MAX;  ///< of these, while it reads what stands before an entry
  bool reading_ = false;                     ///< there is an entry whose content was not read to its end
  std::optional<EntryReader> entries_;       // last: it uses what stands above
};

/// "a device", for an entry that is neither file nor directory nor link.
std::string kind_of_entry(unsigned type);

}  // namespace gostrap
