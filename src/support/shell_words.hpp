// Words for a shell to read. What a shell takes for text and no more is a rule of its own in each.
#pragma once

#include <string>

namespace gostrap {

/// Any bytes (but NUL) as one word of a POSIX shell: 'it'\''s'.
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

/// Any bytes (but NUL) as one word of fish: 'it\'s'.
std::string fish_quoted(const std::string& text);

/// Text as one word of nushell, on one line: "it's". Throws Error for what is not UTF-8, which no string of
/// nushell can be.
std::string nu_quoted(const std::string& text);

/// Text as one expression of PowerShell, on one line: 'it''s', ('a' + [char]10 + 'b'). Throws Error for what
/// is not UTF-8.
std::string pwsh_quoted(const std::string& text);

}  // namespace gostrap
