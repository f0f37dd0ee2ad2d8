// What trees take on disk when they share files as hard links: the bytes that come free when they go.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <utility>

namespace gostrap {

struct Sizes {
  std::uint64_t own = 0;     ///< comes free when the trees go
  std::uint64_t shared = 0;  ///< held by links elsewhere too
};

/// Trees that would go together. A file comes free when all of its links are in them.
class SizeCounter {
 public:
  void add(const std::filesystem::path& tree);
  Sizes sizes() const;

 private:
  struct File {
    std::uint64_t bytes = 0;
    std::uint64_t links = 0;  ///< when it was first seen
    std::uint64_t seen = 0;
  };
  std::map<std::pair<std::uint64_t, std::uint64_t>, File> files_;  ///< by device and inode
  std::uint64_t directories_ = 0;
};

Sizes sizes_of(const std::filesystem::path& tree);

}  // namespace gostrap
