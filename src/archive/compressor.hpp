// Streams on their way to a sink, compressed by libarchive.
#pragma once

#include "archive/handles.hpp"

#include <string_view>

namespace gostrap {

enum class Compression { none, gzip, zstd };

/// The bytes depend on the content and the library's version.
class Compressor {
 public:
  Compressor(Sink sink, Compression how);

  void write(std::string_view piece);
  /// Writes the end; what was not given to the sink by then is lost without it.
  void finish();

 private:
  WritingArchive archive_;
};

}  // namespace gostrap
