// Git's packs. The first byte says how to read the rest: as a pack that comes in pieces of that size or, from
// 128 on, as objects that are packed for it: type, size in two bytes, content; an offset or an id before that
// of a delta.
#include "source/pack.hpp"

#include "fuzz.hpp"
#include "source/packed.hpp"

#include <algorithm>

using namespace gostrap;

namespace {

unsigned byte(std::string_view& input) {
  if (input.empty()) return 0;
  const auto value = static_cast<unsigned char>(input.front());
  input.remove_prefix(1);
  return value;
}

std::string_view take(std::string_view& input, std::size_t size) {
  const std::string_view taken = input.substr(0, size);
  input.remove_prefix(taken.size());
  return taken;
}

std::string made(std::string_view input) {
  testing::Packed pack;
  while (!input.empty() && pack.count() < 100) {
    const unsigned type = byte(input) & 7U;
    const std::size_t size = byte(input) | (byte(input) << 8U);
    const std::string_view base = take(input, type == 6 ? 1 : type == 7 ? 20 : 0);
    pack.object(type, take(input, size), base);
  }
  return pack.bytes();
}

}  // namespace

FUZZ(input) {
  const unsigned how = byte(input);
  const std::string bytes = how < 128 ? std::string(input) : made(input);
  const std::size_t piece = how % 128 == 0 ? std::max<std::size_t>(bytes.size(), 1) : how % 128;
  fuzz::accepted([&] {
    PackReader reader(fuzz::small_limits(), "read the pack");
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      reader.append(std::string_view(bytes).substr(at, piece));
    }
    reader.finish();
    fuzz::require(reader.received() == reader.total(), "a finished pack is whole");
    reader.find(testing::object_id("blob", "x"));
  });
}
