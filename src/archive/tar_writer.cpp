#include "archive/tar_writer.hpp"

#include "support/error.hpp"
#include "support/files.hpp"
#include "support/interrupt.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

namespace gostrap {
namespace {

struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

/// Where a sink and its failure are, for a callback of libarchive's. What comes after a failure is dropped,
/// and libarchive is told nothing of it: it would not release its filters then.
struct Target {
  Sink* sink;
  std::exception_ptr* failure;
};

la_ssize_t give(archive*, void* target, const void* bytes, std::size_t size) {
  const auto& to = *static_cast<Target*>(target);
  try {
    if (!*to.failure) (*to.sink)({static_cast<const char*>(bytes), size});
  } catch (...) {
    *to.failure = std::current_exception();
  }
  return static_cast<la_ssize_t>(size);
}

int forget(archive*, void* target) {
  delete static_cast<Target*>(target);
  return ARCHIVE_OK;
}

int open(archive* writer, Sink& sink, std::exception_ptr& failure) {
  archive_write_set_bytes_in_last_block(writer, 1);
  auto target = std::make_unique<Target>(Target{&sink, &failure});
  return archive_write_open2(writer, target.release(), nullptr, give, nullptr, forget);
}

void check(archive* writer, int result, const std::string& doing, const std::exception_ptr& failure) {
  if (failure) std::rethrow_exception(failure);
  if (result >= ARCHIVE_OK) return;
  const char* why = archive_error_string(writer);
  throw Error(doing, why != nullptr ? why : "libarchive says no more");
}

}  // namespace

void TarWriter::Free::operator()(archive* writer) const {
  archive_write_free(writer);
}

TarWriter::TarWriter(Sink sink, std::int64_t time)
    : sink_(std::move(sink)), time_(time), writer_(archive_write_new()) {
  // names go in as the bytes they are; pax would have them converted, by the locale
  archive_write_set_format_gnutar(writer_.get());
  archive_write_add_filter_none(writer_.get());
  require(open(writer_.get(), sink_, failure_), "begin a tar stream");
}

TarWriter::~TarWriter() {
  sink_ = [](std::string_view) {};  // after finish() there is nothing more to write; before, nobody wants it
}

void TarWriter::require(int result, const std::string& doing) {
  check(writer_.get(), result, doing, failure_);
}

void TarWriter::header(const std::string& path, unsigned type, unsigned mode, std::uint64_t size,
                       const std::string& target) {
  check_interrupt();
  const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), path.c_str());
  archive_entry_set_filetype(entry.get(), type);
  archive_entry_set_perm(entry.get(), mode);
  archive_entry_set_mtime(entry.get(), time_, 0);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
  if (!target.empty()) archive_entry_set_symlink(entry.get(), target.c_str());
  require(archive_write_header(writer_.get(), entry.get()), "put " + path + " into a tar stream");
}

void TarWriter::data(std::string_view piece) {
  while (!piece.empty()) {
    const la_ssize_t count = archive_write_data(writer_.get(), piece.data(), piece.size());
    require(count > 0 ? ARCHIVE_OK : ARCHIVE_FATAL, "write a tar stream");
    piece.remove_prefix(static_cast<std::size_t>(count));
  }
}

void TarWriter::directory(const std::string& path, unsigned mode) {
  header(path + "/", AE_IFDIR, mode, 0, {});
}

void TarWriter::file(const std::string& path, std::string_view content, unsigned mode) {
  header(path, AE_IFREG, mode, content.size(), {});
  data(content);
}

void TarWriter::file_from(const std::string& path, const fs::path& from, unsigned mode) {
  const std::uint64_t size = fs::file_size(from);
  header(path, AE_IFREG, mode, size, {});
  std::uint64_t seen = 0;
  read_in_pieces(from, [&](std::string_view piece) {
    seen += piece.size();
    if (seen <= size) data(piece);
  });
  if (seen != size) throw Error("read " + from.string(), "it changed while it was read");
}

void TarWriter::link(const std::string& path, const std::string& target) {
  header(path, AE_IFLNK, 0777, 0, target);
}

void TarWriter::tree(const std::string& path, const fs::path& from) {
  for (const TreeEntry& entry : list_tree(from)) {
    const std::string to = entry.path.empty() ? path : path.empty() ? entry.path : path + "/" + entry.path;
    const fs::path place = from / entry.path;
    switch (entry.type) {
      case TreeEntry::Type::directory:
        if (!to.empty()) directory(to);
        break;
      case TreeEntry::Type::symlink:
        link(to, fs::read_symlink(place).string());
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
  require(archive_write_close(writer_.get()), "end a tar stream");
}

void Compressor::Free::operator()(archive* writer) const {
  archive_write_free(writer);
}

Compressor::Compressor(Sink sink, Compression how) : sink_(std::move(sink)), writer_(archive_write_new()) {
  archive* const writer = writer_.get();
  archive_write_set_format_raw(writer);
  if (how == Compression::gzip) {
    archive_write_add_filter_gzip(writer);
    require(archive_write_set_filter_option(writer, "gzip", "timestamp", nullptr));
  } else if (how == Compression::zstd) {
    require(archive_write_add_filter_zstd(writer));
  } else {
    archive_write_add_filter_none(writer);
  }
  require(open(writer, sink_, failure_));
  const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), "stream");
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  require(archive_write_header(writer, entry.get()));
}

Compressor::~Compressor() {
  sink_ = [](std::string_view) {};
}

void Compressor::require(int result) {
  check(writer_.get(), result, "compress a layer", failure_);
}

void Compressor::write(std::string_view piece) {
  while (!piece.empty()) {
    const la_ssize_t count = archive_write_data(writer_.get(), piece.data(), piece.size());
    require(count > 0 ? ARCHIVE_OK : ARCHIVE_FATAL);
    piece.remove_prefix(static_cast<std::size_t>(count));
  }
}

void Compressor::finish() {
  require(archive_write_close(writer_.get()));
}

}  // namespace gostrap
