#include "tlog/tiles.hpp"

#include "support/error.hpp"
#include "support/strings.hpp"
#include "tlog/checkpoint.hpp"

#include <algorithm>
#include <vector>

namespace gostrap {
namespace {

constexpr std::size_t hash_size = 32;

std::string three_digits(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(3 - digits.size(), '0') + digits;
}

Digest digest_at(std::string_view bytes, std::uint64_t index) {
  Digest digest;
  const std::string_view here = bytes.substr(index * hash_size, hash_size);
  std::copy(here.begin(), here.end(), digest.bytes.begin());
  return digest;
}

Digest root_of(std::string_view hashes) {
  if (hashes.size() == hash_size) return digest_at(hashes, 0);
  const std::size_t half = hashes.size() / 2;
  return node_hash(root_of(hashes.substr(0, half)), root_of(hashes.substr(half)));
}

}  // namespace

std::string Tile::path() const {
  std::string number = three_digits(index % 1000);
  for (std::uint64_t rest = index / 1000; rest != 0; rest /= 1000)
    number.insert(0, "x" + three_digits(rest % 1000) + "/");
  return "tile/" + std::to_string(height) + "/" + std::to_string(level) + "/" + number +
         (width == whole ? "" : ".p/" + std::to_string(width));
}

std::optional<Tile> parse_tile_path(std::string_view path) {
  std::vector<std::string> parts = split(path, "/").copied();
  if (parts.size() < 4 || parts.size() > 12 || parts[0] != "tile") return std::nullopt;
  Tile tile;
  const std::optional<std::uint64_t> level = log_number(parts[2], 64);
  if (!level) return std::nullopt;
  tile.level = static_cast<unsigned>(*level);
  if (std::string& before = parts[parts.size() - 2]; before.ends_with(".p")) {
    tile.width = log_number(parts.back(), Tile::whole).value_or(0);
    before.resize(before.size() - 2);
    parts.pop_back();
  }
  for (std::size_t i = 3; i < parts.size(); ++i) {
    std::string_view digits = parts[i];
    if (digits.starts_with('x')) digits.remove_prefix(1);
    if (digits.size() != 3 || digits.find_first_not_of("0123456789") != std::string_view::npos ||
        tile.index >= largest_tree / 1000)
      return std::nullopt;
    tile.index = tile.index * 1000 + std::stoul(std::string(digits));
  }
  // what is written otherwise names nothing: a height other than 8, an x too many, ".p/0"
  return tile.width != 0 && tile.path() == path ? std::optional(tile) : std::nullopt;
}

const std::string& TileHashes::data_of(const Tile& tile) {
  const auto there = read_already_.find(tile);
  if (there != read_already_.end()) return there->second;
  const std::string path = tile.path();
  std::optional<std::string> data = read_(path);
  std::uint64_t width = tile.width;
  if (!data && width != Tile::whole) {
    width = Tile::whole;
    data = read_(Tile{tile.level, tile.index, width}.path());
  }
  if (!data) throw MissingTile{path};
  if (data->size() != width * hash_size) {
    throw Error("read " + path + " of " + place_, "it has " + std::to_string(data->size()) +
                                                      " bytes, and a tile of " + std::to_string(width) +
                                                      " hashes has " + std::to_string(width * hash_size));
  }
  data->resize(tile.width * hash_size);
  return read_already_[tile] = std::move(*data);
}

Digest TileHashes::hash(unsigned level, std::uint64_t index) {
  const unsigned tile_level = level / Tile::height;
  const unsigned within = level % Tile::height;
  const std::uint64_t begin = index << within;  // at the level of the tile
  const std::uint64_t there = size_ >> (tile_level * Tile::height);
  Tile tile{tile_level, begin >> Tile::height, Tile::whole};
  tile.width = std::min(Tile::whole, there - (tile.index << Tile::height));
  const std::uint64_t offset = begin & (Tile::whole - 1);
  return root_of(std::string_view(data_of(tile)).substr(offset * hash_size, hash_size << within));
}

}  // namespace gostrap
