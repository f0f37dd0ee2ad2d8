#include "archive/compressor.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <utility>

namespace gostrap {
namespace {

constexpr const char* doing = "compress a layer";

}  // namespace

Compressor::Compressor(Sink sink, Compression how) : archive_(std::move(sink)) {
  struct archive* const handle = archive_.get();
  archive_write_set_format_raw(handle);
  if (how == Compression::gzip) {
    archive_write_add_filter_gzip(handle);
    archive_.check(archive_write_set_filter_option(handle, "gzip", "timestamp", nullptr), doing);
  } else if (how == Compression::zstd) {
    archive_.check(archive_write_add_filter_zstd(handle), doing);
  }
  archive_.open(doing);
  const EntryHandle entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), "stream");
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_.header(*entry, doing);
}

void Compressor::write(std::string_view piece) {
  archive_.data(piece, doing);
}

void Compressor::finish() {
  archive_.close(doing);
}

}  // namespace gostrap
