// Names that nobody can guess.
#pragma once

#include <string>

namespace gostrap {

/// Sixteen hexadecimal digits that nobody can guess.
std::string random_digits();

}  // namespace gostrap
