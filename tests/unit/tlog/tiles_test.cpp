#include "tlog/tiles.hpp"

#include "samples.hpp"
#include "tlog/checkpoint.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

ReadLogFile files() {
  return source_in(log_files).read;
}
TreeHead head() {
  return read_checkpoint(log_file("latest"), log_key, "latest").head;
}

/// What TileHashes says of record 0 of 300 where the file has that content.
std::string error_with(const std::string& path, const std::string& content) {
  const auto read = [&](const std::string& asked) {
    return asked == path ? std::optional(content) : files()(asked);
  };
  TileHashes tiles(300, read, "PLACE");
  return error_of([&] { inclusion_proof(0, 300, tiles.reader()); });
}

}  // namespace

TEST_CASE("a tile's path has its number in threes") {
  CHECK(Tile{0, 0, 256}.path() == "tile/8/0/000");
  CHECK(Tile{0, 999, 1}.path() == "tile/8/0/999.p/1");
  CHECK(Tile{2, 1234, 256}.path() == "tile/8/2/x001/234");
  CHECK(Tile{1, 123456789, 255}.path() == "tile/8/1/x123/x456/789.p/255");
  for (const Tile& tile : {Tile{0, 0, 256}, Tile{0, 1000, 7}, Tile{7, 1234067, 256}, Tile{63, 5, 255}})
    CHECK(parse_tile_path(tile.path()) == tile);
}

TEST_CASE("what is not written so is no tile's path") {
  for (const char* path : {"",
                           "tile",
                           "tile/8/0",
                           "tile/8/0/",
                           "tile/9/0/000",
                           "tile/08/0/000",
                           "tile/8/00/000",
                           "tile/8/64/000",
                           "tile/8/-1/000",
                           "tile/8/data/000",
                           "tile/8/0/00",
                           "tile/8/0/0000",
                           "tile/8/0/x000/001",
                           "tile/8/0/001/234",
                           "tile/8/0/x001",
                           "tile/8/0/x001/x234",
                           "tile/8/0/000.p/0",
                           "tile/8/0/000.p/256",
                           "tile/8/0/000.p/01",
                           "tile/8/0/000.p",
                           "tile/8/0/000.p/",
                           "tile/8/0/000/",
                           "/tile/8/0/000",
                           "tile/8/0/../../latest",
                           "tile/8/0/x999/x999/x999/x999/x999/x999/x999/999",
                           "tile/8/0/ 01",
                           "tile/8/0/x999/x999/x999/x999/x999/x999/999"})
    CHECK_FALSE(parse_tile_path(path));
}

TEST_CASE("the tiles of Go's own implementation show each record of its tree") {
  TileHashes tiles(300, files(), "log");
  for (std::uint64_t i = 0; i < 300; ++i) {
    CAPTURE(i);
    const HashList proof = inclusion_proof(i, 300, tiles.reader());
    CHECK(root_of_inclusion(i, 300, tiles.hash(0, i), proof) == head().root);
  }
  CHECK(tiles.hash(0, 123) == record_hash(logged_record));
}

TEST_CASE("a wider tile is taken for a narrower one") {
  const TreeHead before = read_checkpoint(log_file("before"), log_key, "before").head;
  TileHashes tiles(before.size, files(), "log");  // 001.p/14 is not there, 001.p/44 is
  CHECK(root_of_inclusion(123, before.size, record_hash(logged_record),
                          inclusion_proof(123, before.size, tiles.reader())) == before.root);
}

TEST_CASE("a tile that is nowhere is named, and one of another length is refused with its file") {
  TileHashes none(
      300, [](const std::string&) { return std::nullopt; }, "PLACE");
  std::string missing;
  try {
    none.hash(0, 299);
  } catch (const MissingTile& tile) {
    missing = tile.path;
  }
  CHECK(missing == "tile/8/0/001.p/44");
  CHECK(contains(error_with("tile/8/0/000", log_file("tile/8/0/000") + "x"),
                 "tile/8/0/000 of PLACE: it has 8193 bytes, and a tile of 256 hashes has 8192"));
  CHECK(contains(error_with("tile/8/0/001.p/44", ""), "it has 0 bytes"));
}
