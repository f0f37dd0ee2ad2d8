#include "archive/zip_file.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a zip is told by how it begins") {
  const Scratch scratch;
  const auto zip = [&](const std::string& bytes) {
    return is_zip(open_for_reading(scratch.file("x", bytes)));
  };
  CHECK(zip("PK\x03\x04..."));
  CHECK(zip("PK\x05\x06"));
  CHECK_FALSE(zip("PK\x01\x02"));
  CHECK_FALSE(zip("PK\x03"));
  CHECK_FALSE(zip(""));
}

TEST_CASE("its bytes are read from wherever it was sought to") {
  const Scratch scratch;
  const Fd file = open_for_reading(scratch.file("x", "0123456789"));
  ZipFile zip(file, 10, "read x");
  CHECK(zip.next() == "0123456789");
  CHECK(zip.next().empty());
  CHECK(zip.seek(-3, SEEK_END) == 7);
  CHECK(zip.next() == "789");
  CHECK(zip.seek(-9, SEEK_CUR) == 1);
  CHECK(zip.seek(4, SEEK_SET) == 4);
  CHECK(zip.at() == 4);
  CHECK(zip.seek(-5, SEEK_SET) == -1);
  CHECK(zip.next() == "456789");
  zip.seek(100, SEEK_SET);
  CHECK(zip.next().empty());
  CHECK(zip.at() == 10);
}

TEST_CASE("entries are counted wherever their marks lie, and no further than asked for") {
  const Scratch scratch;
  const std::string mark = "PK\x01\x02";
  const std::size_t piece = std::size_t{256} << 10U;
  const Fd file =
      open_for_reading(scratch.file("x", std::string(piece - 2, 'x') + mark + mark + "PK" + mark));
  const ZipFile zip(file, piece + 12, "read x");
  CHECK(zip.count_entries(10) == 3);
  CHECK(zip.count_entries(1) == 2);
}
