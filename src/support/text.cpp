#include "support/text.hpp"

#include "support/encoding.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace gostrap {
namespace {

constexpr std::size_t longest_code_point = 4;

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
    for (std::size_t at = 0; at < size; ++at) result += "\\x" + hex(bytes.substr(at, 1));
  }
  text.remove_prefix(size);
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  utf8proc_int32_t value = 0;
  const utf8proc_ssize_t size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(std::min(text.size(), longest_code_point)), &value);
  if (size <= 0) return {};
  return {static_cast<std::uint32_t>(value), static_cast<std::size_t>(size)};
}

namespace {

struct Cell {
  std::size_t bytes = 0, columns = 0;
};

Cell first_cell(std::string_view text) {
  const CodePoint next = first_code_point(text);
  if (next.size == 0) return {1, 1};
  return {next.size, static_cast<std::size_t>(
                         std::max(utf8proc_charwidth(static_cast<utf8proc_int32_t>(next.value)), 0))};
}

}  // namespace

std::size_t columns_of(std::string_view line) {
  std::size_t columns = 0;
  while (!line.empty()) {
    const Cell cell = first_cell(line);
    columns += cell.columns;
    line.remove_prefix(cell.bytes);
  }
  return columns;
}

std::string_view fit_columns(std::string_view line, std::size_t columns) {
  std::size_t bytes = 0;
  while (bytes < line.size()) {
    const Cell cell = first_cell(line.substr(bytes));
    if (cell.columns > columns) break;
    columns -= cell.columns;
    bytes += cell.bytes;
  }
  return line.substr(0, bytes);
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
