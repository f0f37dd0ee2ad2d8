#include "image/blob.hpp"

#include "support/error.hpp"
#include "support/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace gostrap {

BlobWriter::BlobWriter(const fs::path& layout)
    : directory_(layout / "blobs" / "sha256"), temporary_(directory_ / ".writing") {
  make_directories(directory_);
  fd_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd_ < 0) throw system_error("write " + temporary_.string());
}

BlobWriter::~BlobWriter() {
  if (fd_ < 0) return;
  ::close(fd_);
  ::unlink(temporary_.c_str());
}

void BlobWriter::write(std::string_view piece) {
  write_all(fd_, piece, "write " + temporary_.string());
  hash_.update(piece);
  size_ += piece.size();
}

Descriptor BlobWriter::finish(const std::string& media_type) {
  Descriptor descriptor{media_type, hex(hash_.finish()), size_};
  const bool closed = ::close(std::exchange(fd_, -1)) == 0;
  const fs::path place = directory_ / descriptor.digest;
  if (!closed || ::rename(temporary_.c_str(), place.c_str()) != 0)
    throw system_error("write " + place.string());
  return descriptor;
}

Descriptor write_blob(const fs::path& layout, const std::string& media_type, std::string_view content) {
  BlobWriter blob(layout);
  blob.write(content);
  return blob.finish(media_type);
}

}  // namespace gostrap
