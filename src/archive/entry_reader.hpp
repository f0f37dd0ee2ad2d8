// The entries of a tar or zip, one after the other, over libarchive. Where its bytes come from, a file or a
// stream, and in which words damage is told, is up to whoever reads.
#pragma once

#include "archive/handles.hpp"
#include "archive/utf8_locale.hpp"
#include "support/error.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace gostrap {

class EntryReader {
 public:
  /// The error to throw, by what libarchive says, which may be nothing; `entry` where it read one all the
  /// same (most often its name is not in UTF-8).
  using Damage = std::function<Error(const std::string& says, struct archive_entry* entry)>;

  enum class Format { tar, zip };

  /// The functions are called from now on; only in a zip is sought.
  EntryReader(Format format, ReadingArchive::Next next, Damage damage, ReadingArchive::Seek seek = {});
  EntryReader(const EntryReader&) = delete;
  EntryReader& operator=(const EntryReader&) = delete;

  /// The next entry, which stays until the one after it; null at the end.
  struct archive_entry* next();
  /// Leaves what is left of the entry at hand.
  void skip();
  /// Calls take(zeros before the block, block) to the end of the entry that next() gave.
  void read(struct archive_entry& entry, const std::function<void(std::uint64_t, std::string_view)>& take);

  // At the end:

  /// A tar that was cut between two entries looks complete to libarchive, but no mark stands where it ends.
  bool is_without_end_mark() const;
  /// What stands from a tar's mark on to the end of its bytes, in pieces; other programs may find entries
  /// behind it.
  void rest(const std::function<void(std::string_view)>& take);

  std::string_view format() const;  ///< libarchive's name of it

 private:
  std::string_view give();
  [[noreturn]] void fail(struct archive_entry* entry = nullptr) const;

  Utf8Locale locale_;
  ReadingArchive::Next next_;
  Damage damage_;
  std::string_view block_;
  std::string before_;       ///< the end of what was given before the block: a mark may lie in both
  std::uint64_t given_ = 0;  ///< to libarchive
  ReadingArchive archive_;   // last: it uses what stands above
};

}  // namespace gostrap
