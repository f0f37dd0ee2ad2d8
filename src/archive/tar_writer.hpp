// Tar streams that depend on nothing but what they hold: names in the order given, one time for all, owners
// by number, modes as asked for. Written by libarchive.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

struct archive;

namespace gostrap {

using Sink = std::function<void(std::string_view)>;

class TarWriter {
 public:
  /// `time` (seconds since 1970) is every entry's.
  TarWriter(Sink sink, std::int64_t time);
  ~TarWriter();
  TarWriter(const TarWriter&) = delete;
  TarWriter& operator=(const TarWriter&) = delete;

  /// Paths are relative, without a leading "./"; owner and group are 0.
  void directory(const std::string& path, unsigned mode = 0755);
  void file(const std::string& path, std::string_view content, unsigned mode = 0644);
  void file_from(const std::string& path, const std::filesystem::path& from, unsigned mode);
  void link(const std::string& path, const std::string& target);
  /// A whole tree below `path`, which is a directory in the tar; modes are 0755 and 0644.
  void tree(const std::string& path, const std::filesystem::path& from);
  /// Writes the end; what was not given to the sink by then is lost without it.
  void finish();

 private:
  struct Free {
    void operator()(archive* writer) const;
  };
  void header(const std::string& path, unsigned type, unsigned mode, std::uint64_t size,
              const std::string& target);
  void data(std::string_view piece);
  void require(int result, const std::string& doing);

  Sink sink_;
  std::int64_t time_;
  std::exception_ptr failure_;  ///< of the sink, carried across libarchive
  std::unique_ptr<archive, Free> writer_;
};

enum class Compression { none, gzip, zstd };

/// Compresses a stream: the bytes depend on the content and the library's version.
class Compressor {
 public:
  Compressor(Sink sink, Compression how);
  ~Compressor();
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  void write(std::string_view piece);
  void finish();

 private:
  struct Free {
    void operator()(archive* writer) const;
  };
  void require(int result);

  Sink sink_;
  std::exception_ptr failure_;
  std::unique_ptr<archive, Free> writer_;
};

}  // namespace gostrap
