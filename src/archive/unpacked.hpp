// The bytes of a file, or of the one gzip, xz or zstd that is around them. libarchive would look for more of
// them, one in the other, for as long as there is memory, and reads a name in gzip's header to its end,
// wherever that is: so the one filter is named to it, and gzip is left to zlib.
#pragma once

#include "support/files.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace gostrap {

class Unpacked {
 public:
  virtual ~Unpacked() = default;
  /// The next piece, valid until the one after it; empty at the end. Throws Error(doing, …) where it is
  /// damaged or cut short, and Interrupted.
  virtual std::string_view next() = 0;
  /// How much of the file was read.
  virtual std::uint64_t at() const = 0;
};

/// Is given the bytes of the file as they are read, packed, in order: at the end of what is unpacked, all
/// that were needed for it.
using PackedSeen = std::function<void(std::string_view)>;

/// Told apart by the first bytes. The file stays open as long as the result lives, from its beginning.
std::unique_ptr<Unpacked> unpacked(const Fd& file, const std::string& doing, const PackedSeen& seen = {});

}  // namespace gostrap
