#include "archive/compressor.hpp"

#include "archive/unpacked.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("what is compressed comes out again, and is the same whenever it is made") {
  std::string text;
  for (int line = 0; line < 20'000; ++line) text += "line " + std::to_string(line) + "\n";
  const Scratch scratch;
  for (const Compression how : {Compression::none, Compression::gzip, Compression::zstd}) {
    const auto packed = [&] {
      std::string bytes;
      Compressor compressor([&](std::string_view piece) { bytes += piece; }, how);
      compressor.write(std::string_view(text).substr(0, 1000));
      compressor.write(std::string_view(text).substr(1000));
      compressor.finish();
      return bytes;
    };
    const std::string bytes = packed();
    CHECK(bytes == packed());
    CHECK((bytes.size() < text.size() / 2) == (how != Compression::none));
    const Fd file = open_for_reading(scratch.file("packed", bytes));
    std::string back;
    const auto unpacking = unpacked(file, "unpack it");
    for (std::string_view piece = unpacking->next(); !piece.empty(); piece = unpacking->next()) back += piece;
    CHECK(back == text);
  }
}
