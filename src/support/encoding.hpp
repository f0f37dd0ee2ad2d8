// Bytes in letters: hexadecimal and base64.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

/// In lower case.
std::string hex(std::string_view bytes);
/// True for exactly so many lower-case hexadecimal digits.
bool is_hex(std::string_view text, std::size_t digits);

/// With padding, and without ends of lines.
std::string base64(std::string_view bytes);
/// Nothing for what base64() does not write, such as with other padding, or bits beyond the last byte.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace gostrap
