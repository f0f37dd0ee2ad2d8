// Words that are a port or a path, as the user types them.
#pragma once

#include <string>

namespace gostrap {

/// A path begins with /, ./ or ../ (or is . or ..). All else is a port, whatever lies in the current
/// directory: what somebody's repository has there must not choose the compiler.
bool is_path(const std::string& word);

/// ". The directory of that name is ./WORD", where there is an output of ours; else "".
std::string or_directory(const std::string& word);

}  // namespace gostrap
