// Blobs: the files of an OCI image layout, named after their digest (OCI image-spec 1.1, image-layout.md).
#pragma once

#include "support/atomic_file.hpp"
#include "support/hash.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace gostrap {

/// What points to a blob (descriptor.md).
struct Descriptor {
  std::string media_type;
  std::string digest;  ///< hexadecimal SHA-256
  std::uint64_t size = 0;
};

/// Writes a blob piece by piece, since its name is known only in the end.
class BlobWriter {
 public:
  /// `layout` is the directory of the image layout.
  explicit BlobWriter(const std::filesystem::path& layout);

  void write(std::string_view piece);
  /// Puts it in its place.
  Descriptor finish(const std::string& media_type);

 private:
  std::filesystem::path directory_;
  AtomicFile file_;
  Sha256 hash_;
  std::uint64_t size_ = 0;
};

Descriptor write_blob(const std::filesystem::path& layout, const std::string& media_type,
                      std::string_view content);

}  // namespace gostrap
