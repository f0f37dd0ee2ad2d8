// Packs for unit tests and fuzzing: checksums and compression are right, so that what they hold is reached.
#pragma once

#include "source/pack.hpp"

#include <openssl/evp.h>
#include <zlib.h>

#include <optional>
#include <string>
#include <string_view>

namespace gostrap::testing {

inline ObjectId sha1(std::string_view text) {
  ObjectId id{};
  EVP_Digest(text.data(), text.size(), id.data(), nullptr, EVP_sha1(), nullptr);
  return id;
}

inline ObjectId object_id(const std::string& type, std::string_view content) {
  return sha1(type + " " + std::to_string(content.size()) + std::string(1, '\0') + std::string(content));
}

/// A pack made object by object; sizes and counts may lie.
class Packed {
 public:
  /// The offset of the new object. `base` is what stands between header and data: an offset or an id, for
  /// deltas.
  std::uint64_t object(unsigned type, std::string_view content, std::string_view base = {},
                       std::optional<std::uint64_t> claimed = {}) {
    const std::uint64_t offset = next_offset();
    std::uint64_t size = claimed.value_or(content.size());
    unsigned byte = (type << 4U) | static_cast<unsigned>(size & 15U);
    for (size >>= 4U; size != 0; size >>= 7U) {
      body_ += static_cast<char>(byte | 0x80U);
      byte = static_cast<unsigned>(size & 0x7fU);
    }
    body_ += static_cast<char>(byte);
    body_ += base;
    std::string squeezed(compressBound(content.size()), '\0');
    uLongf length = squeezed.size();
    compress2(reinterpret_cast<Bytef*>(squeezed.data()), &length,
              reinterpret_cast<const Bytef*>(content.data()), content.size(), Z_BEST_SPEED);
    body_ += squeezed.substr(0, length);
    ++count_;
    return offset;
  }
  unsigned count() const { return count_; }
  std::uint64_t next_offset() const { return 12 + body_.size(); }
  std::string bytes() const { return bytes(count_); }
  /// As if it had so many objects: fewer than 256.
  std::string bytes(unsigned claimed) const {
    std::string pack("PACK\0\0\0\2\0\0\0", 11);
    pack += static_cast<char>(claimed);
    pack += body_;
    const ObjectId sum = sha1(pack);
    return pack + std::string(sum.begin(), sum.end());
  }

 private:
  std::string body_;
  unsigned count_ = 0;
};

}  // namespace gostrap::testing
