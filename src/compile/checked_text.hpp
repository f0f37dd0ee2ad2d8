// Texts of the compile cache carry a checksum of themselves: a power cut leaves files empty, cut or full of
// zeros, and such a text is as good as none.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

/// `name` is what the text is of: one that lies under another's name is not taken either.
std::string with_check(std::string_view name, std::string_view text);
/// Nothing where it is not what with_check gave.
std::optional<std::string> without_check(std::string_view name, std::string_view checked);

}  // namespace gostrap
