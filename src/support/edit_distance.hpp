// How far two words are apart: what a mistyped one most likely meant.
#pragma once

#include <cstddef>
#include <string_view>

namespace gostrap {

/// How many letters are missing, too many, other ones, or swapped with the next.
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace gostrap
