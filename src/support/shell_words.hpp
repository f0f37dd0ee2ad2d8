// Words for a POSIX shell to read.
#pragma once

#include <string>

namespace gostrap {

/// Any bytes (but NUL) as one word: 'it'\''s'.
inline std::string shell_quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

}  // namespace gostrap
