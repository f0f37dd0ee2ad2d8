// What an archive holds, entry by entry, without a byte of it reaching the disk.
#pragma once

#include "archive/bounds.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace gostrap {

/// What an archive says of an entry beside its content.
struct ArchiveEntry {
  enum class Type { file, directory, symlink };
  std::string path;
  Type type = Type::file;
  unsigned mode = 0;       ///< permissions
  std::int64_t time = 0;   ///< of modification, in seconds since 1970
  std::string owner;       ///< "0:0 root:wheel"
  std::uint64_t size = 0;  ///< as it says; the content may turn out to have another one
  std::string target;      ///< of a link
};

/// Calls its argument with the pieces of an entry's content, in order. May be left uncalled.
using ReadContent = std::function<void(const std::function<void(std::string_view)>&)>;

/// Calls `take` for every entry in the archive's order. The archive is not trusted: unsafe names, devices,
/// hard links, holes and more than `limits` allow are refused by an Error, and what stands behind the mark at
/// its end is not read.
void each_archive_entry(const std::filesystem::path& file, const Limits& limits,
                        const std::function<void(const ArchiveEntry&, const ReadContent&)>& take);

}  // namespace gostrap
