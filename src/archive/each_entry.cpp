#include "archive/each_entry.hpp"

#include "archive/reader.hpp"

#include <archive_entry.h>

#include <algorithm>

namespace gostrap {
namespace {

std::string text_or_nothing(const char* text) {
  return text != nullptr ? text : "";
}

ArchiveEntry described(const ArchiveReader& archive, struct archive_entry& entry) {
  ArchiveEntry described;
  described.path = archive.checked_path(entry);
  const unsigned type = archive_entry_filetype(&entry);
  if (archive_entry_hardlink(&entry) != nullptr) {
    archive.refuse(described.path, "is a hard link, which no archive of Go has");
  }
  if (type != AE_IFREG && type != AE_IFDIR && type != AE_IFLNK) {
    archive.refuse(described.path,
                   "is " + kind_of_entry(type) + "; an archive of Go has files, directories and links");
  }
  described.type = type == AE_IFDIR   ? ArchiveEntry::Type::directory
                   : type == AE_IFLNK ? ArchiveEntry::Type::symlink
                                      : ArchiveEntry::Type::file;
  if (archive_entry_xattr_count(&entry) != 0 || archive_entry_acl_types(&entry) != 0 ||
      archive_entry_fflags_text(&entry) != nullptr) {
    archive.refuse(described.path, "has attributes or an access list, which no archive of Go has");
  }
  described.mode = archive_entry_perm(&entry);
  described.time = archive_entry_mtime_is_set(&entry) != 0 ? archive_entry_mtime(&entry) : 0;
  if (described.type == ArchiveEntry::Type::file && archive_entry_mtime_nsec(&entry) != 0)
    archive.refuse(described.path, "has a time with a fraction of a second, which no archive of Go has");
  described.owner =
      std::to_string(archive_entry_uid(&entry)) + ":" + std::to_string(archive_entry_gid(&entry)) + " " +
      text_or_nothing(archive_entry_uname(&entry)) + ":" + text_or_nothing(archive_entry_gname(&entry));
  if (archive_entry_size_is_set(&entry) != 0) {
    described.size = static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_entry_size(&entry)));
  }
  if (described.type == ArchiveEntry::Type::symlink) {
    described.target = text_or_nothing(archive_entry_symlink(&entry));
  }
  return described;
}

}  // namespace

void each_archive_entry(const std::filesystem::path& file, const Limits& limits,
                        const std::function<void(const ArchiveEntry&, const ReadContent&)>& take) {
  ArchiveReader archive(file, "read " + file.string(), limits);
  Bounds bounds(archive.doing(), limits);
  bounds.bound_by_ratio(archive.size());
  while (struct archive_entry* const entry = archive.next()) {
    const ArchiveEntry about = described(archive, *entry);
    bounds.count_entry();
    bounds.count_bytes(about.path.size());  // names are kept too
    bounds.check_depth(static_cast<std::uint64_t>(std::count(about.path.begin(), about.path.end(), '/')) + 1);
    bool read = false;
    const ReadContent content = [&](const std::function<void(std::string_view)>& piece) {
      read = true;
      archive.read(*entry, [&](std::uint64_t hole, std::string_view block) {
        if (hole > 0) archive.refuse(about.path, "has holes, or less content than it says");
        bounds.count_bytes(block.size());
        piece(block);
      });
    };
    take(about, content);
    if (!read) content([](std::string_view) {});  // skipped bytes count too
  }
  archive.require_nothing_behind();
}

}  // namespace gostrap
