#include "archive/handles.hpp"

#include "archive/untrusted_name.hpp"
#include "support/error.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>
#include <new>
#include <utility>

namespace gostrap {

void FreeEntry::operator()(struct archive_entry* entry) const {
  archive_entry_free(entry);
}

void ReadingArchive::Free::operator()(struct archive* handle) const {
  archive_read_free(handle);
}

ReadingArchive::ReadingArchive(Next next, Seek seek)
    : next_(std::move(next)), seek_(std::move(seek)), archive_(archive_read_new()) {
  if (!archive_) throw std::bad_alloc();
}

bool ReadingArchive::open() {
  struct archive* const handle = archive_.get();
  archive_read_set_callback_data(handle, this);
  archive_read_set_read_callback(handle, [](struct archive* a, void* self, const void** data) -> la_ssize_t {
    ReadingArchive& me = *static_cast<ReadingArchive*>(self);
    std::string_view bytes;
    if (!me.carried_.guard([&] { bytes = me.next_(); })) {
      archive_set_error(a, EIO, "not read");
      return -1;
    }
    *data = bytes.data();
    return static_cast<la_ssize_t>(bytes.size());
  });
  if (seek_) {
    archive_read_set_seek_callback(
        handle, [](struct archive* a, void* self, la_int64_t offset, int whence) -> la_int64_t {
          ReadingArchive& me = *static_cast<ReadingArchive*>(self);
          std::int64_t place = 0;
          if (me.carried_.guard([&] { place = me.seek_(offset, whence); })) return place;
          archive_set_error(a, EIO, "not read");
          return ARCHIVE_FATAL;
        });
  }
  return archive_read_open1(handle) == ARCHIVE_OK;
}

std::string ReadingArchive::failure() const {
  carried_.rethrow();
  const char* const says = archive_error_string(archive_.get());
  return says != nullptr ? printable(says) : "";
}

void WritingArchive::Free::operator()(struct archive* handle) const {
  archive_write_free(handle);
}

WritingArchive::WritingArchive(Sink sink) : sink_(std::move(sink)), archive_(archive_write_new()) {
  if (!archive_) throw std::bad_alloc();
}

WritingArchive::~WritingArchive() {
  discarding_ = true;
}

void WritingArchive::open(const std::string& doing) {
  const auto take = [](struct archive* /*handle*/, void* self, const void* bytes, std::size_t size) {
    WritingArchive& me = *static_cast<WritingArchive*>(self);
    if (!me.discarding_ && !me.carried_)
      me.carried_.guard([&] { me.sink_({static_cast<const char*>(bytes), size}); });
    return static_cast<la_ssize_t>(size);
  };
  archive_write_set_bytes_in_last_block(archive_.get(), 1);
  check(archive_write_open(archive_.get(), this, nullptr, take, nullptr), doing);
}

void WritingArchive::header(struct archive_entry& entry, const std::string& doing) {
  check(archive_write_header(archive_.get(), &entry), doing);
}

void WritingArchive::data(std::string_view bytes, const std::string& doing) {
  while (!bytes.empty()) {
    const la_ssize_t count = archive_write_data(archive_.get(), bytes.data(), bytes.size());
    check(count > 0 ? ARCHIVE_OK : ARCHIVE_FATAL, doing);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void WritingArchive::close(const std::string& doing) {
  check(archive_write_close(archive_.get()), doing);
}

void WritingArchive::check(int result, const std::string& doing) const {
  carried_.rethrow();
  if (result >= ARCHIVE_OK) return;
  const char* const why = archive_error_string(archive_.get());
  throw Error(doing, why != nullptr ? why : "libarchive says no more");
}

}  // namespace gostrap
