#include "archive/file_unpacker.hpp"

#include <archive_entry.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace gostrap {
namespace {

constexpr std::size_t held_whole = std::size_t{1} << 20U;
constexpr std::size_t bytes_waiting = std::size_t{32} << 20U;
constexpr std::size_t weight_of_a_file = 256;  // beside its bytes

}  // namespace

FileUnpacker::FileUnpacker(ArchiveReader& archive, TreeWriter& writer)
    : archive_(archive), writer_(writer), pool_(1, bytes_waiting) {}

void FileUnpacker::unpack(struct archive_entry& entry, const std::string& path, bool executable) {
  const la_int64_t size = archive_entry_size_is_set(&entry) != 0 ? archive_entry_size(&entry) : -1;
  if (size < 0 || static_cast<std::uint64_t>(size) > held_whole || archive_entry_sparse_count(&entry) > 0) {
    TreeWriter::File file = writer_.open_file(path, executable);
    archive_.read(entry, [&](std::uint64_t hole, std::string_view block) {
      file.skip(hole);
      file.write(block);
    });
    file.close();
    return;
  }
  std::string content;
  content.reserve(static_cast<std::size_t>(size));
  archive_.read(entry, [&](std::uint64_t hole, std::string_view block) {
    if (hole + block.size() > held_whole - std::min<std::uint64_t>(content.size(), held_whole)) {
      writer_.refuse(path, "is larger than it says");
    }
    content.append(static_cast<std::size_t>(hole), '\0');
    content.append(block);
  });
  const std::size_t weight = content.size() + weight_of_a_file;
  pool_.add(weight, [this, path, content = std::move(content), executable] {
    writer_.file(path, content, executable);
  });
}

}  // namespace gostrap
