// Tiles: their paths, and proofs of trees of any size that are made of whatever lies there. The first eight
// bytes are the size, the next eight the record; the rest is what each tile begins with.
#include "fuzz.hpp"
#include "tlog/checkpoint.hpp"
#include "tlog/tiles.hpp"

using namespace gostrap;

namespace {

std::uint64_t number_at(std::string_view input, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = at; i < at + 8 && i < input.size(); ++i)
    number = number << 8U | static_cast<unsigned char>(input[i]);
  return number % largest_tree;
}

}  // namespace

FUZZ(input) {
  if (const auto tile = parse_tile_path(input)) fuzz::require(tile->path() == input, "a path has one form");
  const std::uint64_t size = number_at(input, 0);
  const std::uint64_t index = number_at(input, 8);
  if (input.size() < 17 || index >= size || index == 0) return;
  const auto read = [&](const std::string& path) -> std::optional<std::string> {
    const std::optional<Tile> tile = parse_tile_path(path);
    fuzz::require(tile.has_value(), "what is asked for is a tile");
    std::string data(input.substr(16));
    if (data.size() % 2 == 0) data.resize(tile->width * 32, '\0');
    return data;
  };
  fuzz::accepted([&] {
    TileHashes tiles(size, read, "fuzz");
    const HashList proof = inclusion_proof(index, size, tiles.reader());
    fuzz::require(root_of_inclusion(index, size, tiles.hash(0, index), proof).has_value(),
                  "a proof has its length");
    const HashList older = consistency_proof(index, size, tiles.reader());
    fuzz::require(roots_of_consistency(index, size, older).has_value(), "a proof has its length");
  });
}
