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

/// The same, without quotes where it needs none: for commands that people read.
inline std::string as_word(const std::string& text) {
  constexpr const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+=,-";
  return !text.empty() && text.find_first_not_of(plain) == std::string::npos ? text : shell_quoted(text);
}

}  // namespace gostrap
