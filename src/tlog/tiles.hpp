// A log's hashes as it gives them out: in tiles of 256 (golang.org/design/25530-sumdb, c2sp.org/tlog-tiles).
// What a tile says is nobody's word: proofs that are made of it come to a signed root, or they do not.
#pragma once

#include "tlog/merkle.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

/// The hashes of 256^level records each, from 256 · index on.
struct Tile {
  static constexpr unsigned height = 8;
  static constexpr std::uint64_t whole = std::uint64_t{1} << height;

  unsigned level = 0;
  std::uint64_t index = 0;
  std::uint64_t width = whole;  ///< how many; less than 256 at the right edge of a tree
  auto operator<=>(const Tile&) const = default;

  /// "tile/8/0/x001/234", "tile/8/1/000.p/17"
  std::string path() const;
};

/// Nothing for what Tile::path() does not write.
std::optional<Tile> parse_tile_path(std::string_view path);

/// Reads a file of a log by its path there. Nothing where there is none.
using ReadLogFile = std::function<std::optional<std::string>(const std::string& path)>;

/// A tile that is needed, and is nowhere.
struct MissingTile {
  std::string path;
};

/// The hashes of a tree of that size. A narrower tile is the beginning of the whole one.
class TileHashes {
 public:
  TileHashes(std::uint64_t size, ReadLogFile read, std::string place)
      : size_(size), read_(std::move(read)), place_(std::move(place)) {}

  /// Throws MissingTile, and Error for a file that is no such tile.
  Digest hash(unsigned level, std::uint64_t index);
  SubtreeHash reader() {
    return [this](unsigned level, std::uint64_t index) { return hash(level, index); };
  }

 private:
  const std::string& data_of(const Tile& tile);

  std::uint64_t size_;
  ReadLogFile read_;
  std::string place_;  ///< whose files they are, for an Error
  std::map<Tile, std::string> read_already_;
};

}  // namespace gostrap
