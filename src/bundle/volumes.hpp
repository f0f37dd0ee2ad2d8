// Where a bundle's bytes go to and come from: a file, a pipe, or numbered parts for media of some size
// (NAME.001, NAME.002, …), which are one stream.
#pragma once

#include "support/files.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual void write(std::string_view bytes) = 0;
  /// All was written: what was made appears in its place. Returns the files, in order.
  virtual std::vector<std::filesystem::path> commit() = 0;
  virtual std::uint64_t size() const = 0;
};

/// A file that appears when all of it was written; with `part_size`, parts of at most so many bytes. Nothing
/// may be there under these names.
std::unique_ptr<ByteSink> file_sink(const std::filesystem::path& file, std::uint64_t part_size);
/// "650M" in bytes: k is 1000, and K, M and G are powers of 1024; nothing for what is no size, or 0.
std::optional<std::uint64_t> parse_size(const std::string& text);
/// Standard output.
std::unique_ptr<ByteSink> stream_sink(int fd, const std::string& name);

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills the front of `buffer`; 0 at the end.
  virtual std::size_t read(char* buffer, std::size_t size) = 0;
  /// What errors call it.
  virtual const std::string& name() const = 0;
  /// What is known about why it ends where it does, for an error about that: which part comes next.
  virtual std::string where_it_ends() const { return {}; }
};

/// "-" for standard input, a file, the first of numbered parts (the others are looked for beside it), or all
/// of them.
std::unique_ptr<ByteSource> open_bundle(const std::vector<std::string>& words);
std::unique_ptr<ByteSource> memory_source(std::string bytes, const std::string& name);

}  // namespace gostrap
