#include "support/text.hpp"

#include <algorithm>

namespace gostrap {
namespace {

void append_escaped(std::string& result, std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  for (const char each : bytes) {
    const auto byte = static_cast<unsigned char>(each);
    result += {'\\', 'x', digits[byte >> 4U], digits[byte & 15U]};
  }
}

/// Takes one code point, or one byte that begins none, from the front of `text`.
void take(std::string& result, std::string_view& text, bool lines_stay) {
  const CodePoint next = first_code_point(text);
  const std::size_t size = std::max<std::size_t>(next.size, 1);
  const std::string_view bytes = text.substr(0, size);
  const bool stays =
      next.size != 0 && (is_shown(next.value) || (lines_stay && (next.value == '\n' || next.value == '\t')));
  if (stays) {
    result += bytes;
  } else {
    append_escaped(result, bytes);
  }
  text.remove_prefix(size);
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at]));
  };
  if (text.empty()) return {};
  const std::uint32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xf0 && first < 0xf5   ? 4
                           : first >= 0xe0 && first < 0xf0 ? 3
                           : first >= 0xc2                 ? 2
                                                           : 0;
  if (size == 0 || first >= 0xf5 || text.size() < size) return {};
  std::uint32_t value = first & (0xffU >> (size + 1));
  for (std::size_t at = 1; at < size; ++at) {
    if ((byte(at) & 0xc0U) != 0x80U) return {};
    value = (value << 6U) | (byte(at) & 0x3fU);
  }
  const bool too_long = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  const bool surrogate = value >= 0xd800 && value < 0xe000;
  if (too_long || surrogate || value > 0x10ffff) return {};
  return {value, size};
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (next.size == 0) return false;
    text.remove_prefix(next.size);
  }
  return true;
}

std::size_t unfinished_bytes(std::string_view text) {
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if ((byte & 0xc0U) == 0x80U) continue;
    const std::size_t size = byte >= 0xf5 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return size > back ? back : 0;
  }
  return 0;
}

bool is_shown(std::uint32_t value) {
  const auto between = [&](std::uint32_t first, std::uint32_t last) {
    return value >= first && value <= last;
  };
  const bool acts = value < 0x20 || between(0x7f, 0x9f);
  const bool hides = value == 0xad || value == 0x61c || between(0x200b, 0x200f) || between(0x2028, 0x202e) ||
                     between(0x2060, 0x206f) || value == 0xfeff || between(0xfff9, 0xfffb) ||
                     between(0xe0000, 0xe0fff);
  return !acts && !hides;
}

std::string harmless(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) take(result, text, true);
  return result;
}

std::string on_one_line(std::string_view text, std::size_t most) {
  std::string result;
  for (const std::size_t all = text.size(); !text.empty();) {
    if (all - text.size() >= most) return result + "…";
    take(result, text, false);
  }
  return result;
}

}  // namespace gostrap
