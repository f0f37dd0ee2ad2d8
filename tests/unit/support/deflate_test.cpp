#include "support/deflate.hpp"

#include "support/hash.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

using namespace gostrap;

namespace {

std::string gzip(std::string_view bytes) {
  std::string packed;
  GoGzip gzip([&](std::string_view piece) { packed += piece; });
  gzip.write(bytes);
  gzip.finish();
  return packed;
}

std::string digest(std::string_view bytes) {
  return hex(sha256(gzip(bytes)));
}

/// Bytes of so many kinds that a match is now near, now far, now none.
std::string noise(std::size_t size, std::uint32_t kinds) {
  std::string bytes;
  std::uint32_t state = 1;
  for (std::size_t i = 0; i < size; ++i) {
    state = state * 1664525U + 1013904223U;
    bytes += static_cast<char>((state >> 24U) % kinds);
  }
  return bytes;
}

}  // namespace

// The checksums are those of Go 1.23's compress/gzip at BestCompression.
TEST_CASE("nothing is packed as Go packs it") {
  CHECK(gzip("") == std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\x01\x00\x00\xff\xff\x00\x00\x00\x00"
                                "\x00\x00\x00\x00",
                                23));
}

TEST_CASE("literals, matches, stored blocks and blocks with codes of their own are Go's") {
  CHECK(digest("hello, hello, hello\n") ==
        "d1e94c6d426ae72a6c4d1e6ad61074316d7b269f8047610173df849a76245716");
  CHECK(digest(std::string(300'000, 'a')) ==
        "97f565224930976974f62694f053007fc3f491b3c2548d143feeaf75a731e3fe");
  CHECK(digest(noise(100'000, 256)) == "6b9bd9ec3ec7e105a99f94f074fd407581e8d2bd7d182e0593b289b8928dc6a2");
  CHECK(digest(noise(300'000, 4)) == "c4ec44036db0312bd722f59275138bab36445d8261a73b2c31aa8cfafe7ebee6");
}
