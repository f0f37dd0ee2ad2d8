#include "image/blob.hpp"

#include "support/files.hpp"

namespace gostrap {

BlobWriter::BlobWriter(const fs::path& layout)
    : directory_(layout / "blobs" / "sha256"), file_(directory_ / ".writing") {
  make_directories(directory_);
  file_.write("");
}

void BlobWriter::write(std::string_view piece) {
  file_.write(piece);
  hash_.update(piece);
  size_ += piece.size();
}

Descriptor BlobWriter::finish(const std::string& media_type) {
  Descriptor descriptor{media_type, hex(hash_.finish()), size_};
  file_.commit_as(directory_ / descriptor.digest);
  return descriptor;
}

Descriptor write_blob(const fs::path& layout, const std::string& media_type, std::string_view content) {
  BlobWriter blob(layout);
  blob.write(content);
  return blob.finish(media_type);
}

}  // namespace gostrap
