// Rows in columns, for standard output.
#pragma once

#include <string>
#include <vector>

namespace gostrap {

/// One row a line, its cells in columns two spaces apart, without spaces at a line's end. The cells are to
/// stay on one line (support/text.hpp). A row may be shorter than others.
std::string in_columns(const std::vector<std::vector<std::string>>& rows);

}  // namespace gostrap
