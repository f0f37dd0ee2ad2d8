// Strangers' words on their way to a terminal or into a file of text: names of files, provenance, what
// servers and libraries say. Everything that gostrap prints passes through here, see cli/safe_streams.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gostrap {

/// One code point, and how many bytes it takes; size 0 where the text does not begin with UTF-8.
struct CodePoint {
  std::uint32_t value = 0;
  std::size_t size = 0;
};
CodePoint first_code_point(std::string_view text);

bool is_utf8(std::string_view text);
/// How many bytes at the end could be the beginning of a code point that goes on.
std::size_t unfinished_bytes(std::string_view text);

/// How many columns of a terminal a line takes, and as much of it as fits into so many: CJK takes two, what
/// is set on the letter before it none (utf8proc's charwidth). A byte that is not UTF-8 counts as one.
std::size_t columns_of(std::string_view line);
std::string_view fit_columns(std::string_view line, std::size_t columns);

/// False for what a terminal acts on (C0, DEL, C1) and for what hides or reorders text: marks of direction,
/// of no width, of lines and paragraphs, tags. Newline and tab are among them.
bool is_shown(std::uint32_t code_point);

/// With everything that is not shown, and bytes that are not UTF-8, as \xNN. Line ends and tabs stay.
std::string harmless(std::string_view text);
/// The same for what is to stay on one line: line ends and tabs are escaped too, and of more than `most`
/// bytes the rest is left out ("…").
std::string on_one_line(std::string_view text, std::size_t most = 4096);

}  // namespace gostrap
