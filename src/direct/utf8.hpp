// UTF-8 as Go reads it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gostrap {

struct Rune {
  std::uint32_t value = 0;
  std::size_t size = 0;
};

constexpr std::uint32_t no_rune = 0xfffd;

/// As utf8.DecodeRune: a byte that begins no code point is U+FFFD of size 1.
inline Rune decode_rune(std::string_view text) {
  if (text.empty()) return {no_rune, 0};
  const auto at = [&](std::size_t i) -> std::uint32_t { return static_cast<unsigned char>(text[i]); };
  const std::uint32_t first = at(0);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < size) return {no_rune, 1};
  std::uint32_t value = first & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((at(i) & 0xc0U) != 0x80U) return {no_rune, 1};
    value = (value << 6U) | (at(i) & 0x3fU);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  if (overlong || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return {no_rune, 1};
  return {value, size};
}

inline bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const Rune rune = decode_rune(text);
    if (rune.value == no_rune && rune.size == 1) return false;
    text.remove_prefix(rune.size);
  }
  return true;
}

}  // namespace gostrap
