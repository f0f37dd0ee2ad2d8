// UTF-8 as Go reads it.
#pragma once

#include "support/text.hpp"

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
  const CodePoint point = first_code_point(text);
  return point.size == 0 ? Rune{no_rune, 1} : Rune{point.value, point.size};
}

}  // namespace gostrap
