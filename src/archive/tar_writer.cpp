#include "archive/tar_writer.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <new>
#include <utility>

namespace gostrap {

TarWriter::TarWriter(Sink sink, Form form, std::int64_t time)
    : time_(time), entry_(archive_entry_new()), archive_(std::move(sink)) {
  if (!entry_) throw std::bad_alloc();
  if (form == Form::gnu) {
    archive_write_set_format_gnutar(archive_.get());
  } else {
    // it has names converted, by the locale
    locale_.emplace();
    archive_write_set_format_pax_restricted(archive_.get());
    archive_write_set_bytes_per_block(archive_.get(), 256 << 10);
  }
  archive_.open("begin a tar stream");
}

/// Nothing of the machine, of the user or of the hour.
struct archive_entry& TarWriter::entry(const std::string& path, unsigned type, unsigned mode,
                                       std::uint64_t size) {
  archive_entry_clear(entry_.get());
  archive_entry_set_pathname(entry_.get(), path.c_str());
  archive_entry_set_filetype(entry_.get(), type);
  archive_entry_set_perm(entry_.get(), mode);
  archive_entry_set_mtime(entry_.get(), time_, 0);
  archive_entry_set_size(entry_.get(), static_cast<la_int64_t>(size));
  archive_entry_set_uid(entry_.get(), 0);
  archive_entry_set_gid(entry_.get(), 0);
  return *entry_;
}

void TarWriter::header(const std::string& path) {
  check_interrupt();
  archive_.header(*entry_, "put " + path + " into a tar stream");
}

void TarWriter::data(std::string_view piece) {
  check_interrupt();
  archive_.data(piece, "write a tar stream");
}

void TarWriter::directory(const std::string& path, unsigned mode) {
  entry(path + "/", AE_IFDIR, mode);
  header(path);
}

void TarWriter::symlink(const std::string& path, const std::string& target) {
  archive_entry_set_symlink(&entry(path, AE_IFLNK, 0777), target.c_str());
  header(path);
}

void TarWriter::hard_link(const std::string& path, const std::string& target, unsigned mode) {
  archive_entry_set_hardlink(&entry(path, AE_IFREG, mode), target.c_str());
  header(path);
}

void TarWriter::file(const std::string& path, std::string_view content, unsigned mode) {
  entry(path, AE_IFREG, mode, content.size());
  header(path);
  data(content);
}

void TarWriter::file_from(const std::string& path, const fs::path& from, unsigned mode) {
  file_from(path, from, mode, fs::file_size(from), [](std::string_view) {});
}

void TarWriter::file_from(const std::string& path, const fs::path& from, unsigned mode, std::uint64_t size,
                          const Sink& also) {
  entry(path, AE_IFREG, mode, size);
  header(path);
  std::uint64_t left = size;
  const auto changed = [&] { return Error("read " + from.string(), "it changed while it was read"); };
  read_in_pieces(from, [&](std::string_view piece) {
    if (piece.size() > left) throw changed();
    left -= piece.size();
    also(piece);
    data(piece);
  });
  if (left > 0) throw changed();
}

void TarWriter::tree(const std::string& path, const fs::path& from) {
  for (const TreeEntry& each : list_tree(from)) {
    const std::string to = each.path.empty() ? path : path.empty() ? each.path : path + "/" + each.path;
    const fs::path place = from / each.path;
    switch (each.type) {
      case TreeEntry::Type::directory:
        if (!to.empty()) directory(to);
        break;
      case TreeEntry::Type::symlink:
        symlink(to, fs::read_symlink(place).string());
        break;
      case TreeEntry::Type::file: {
        struct stat status = {};
        if (::stat(place.c_str(), &status) != 0) throw system_error("read " + place.string());
        file_from(to, place, (status.st_mode & S_IXUSR) != 0 ? 0755 : 0644);
        break;
      }
    }
  }
}

void TarWriter::finish() {
  archive_.close("end a tar stream");
}

}  // namespace gostrap
