// A directory whose files are given out: what is asked for is a stranger's word, and nothing outside of the
// directory is ever opened for it.
#pragma once

#include "support/files.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct ServedFile {
  Fd fd;
  std::uint64_t size = 0;
};

class ServedTree {
 public:
  /// A GOPROXY-shaped directory, a module cache (GOMODCACHE), or its cache/download. Throws Error for what is
  /// no directory.
  explicit ServedTree(const std::filesystem::path& directory);

  const std::filesystem::path& path() const { return path_; }

  /// The regular file at a relative path. Nothing for what is not there, leads out by .. or by a symbolic
  /// link, or begins with a dot somewhere.
  std::optional<ServedFile> open(const std::string& path) const;

 private:
  std::filesystem::path path_;
  Fd directory_;
};

/// "/a%40b" to "a@b"; nothing for what is no absolute path, or holds a NUL, an empty part or a bad escape.
std::optional<std::string> decoded_path(std::string_view url);

}  // namespace gostrap
