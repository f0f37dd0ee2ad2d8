#include "support/shell_words.hpp"

#include "support/encoding.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace gostrap {
namespace {

void require_utf8(const std::string& text, const std::string& shell) {
  if (is_utf8(text)) return;
  throw Error("write " + on_one_line(text) + " for " + shell, "it is not UTF-8, and all its strings are",
              "Name another place, such as --store DIR, or use `gostrap exec`.");
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

std::string fish_quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return result + "'";
}

std::string nu_quoted(const std::string& text) {
  require_utf8(text, "nushell");
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += std::string("\\") + c;
    } else if (is_control(c)) {
      result += "\\u{" + hex(std::string_view(&c, 1)) + "}";
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string pwsh_quoted(const std::string& text) {
  require_utf8(text, "PowerShell");
  // typographic quotes end a string as the plain one does (CharTraits.cs, IsSingleQuote)
  constexpr std::array<std::string_view, 5> quotes{"'", "\u2018", "\u2019", "\u201a", "\u201b"};
  std::string result = "'";
  bool joined = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::string each = text.substr(at, first_code_point(std::string_view(text).substr(at)).size);
    at += each.size();
    if (is_control(each.front())) {
      result += "' + [char]" + std::to_string(static_cast<int>(each.front())) + " + '";
      joined = true;
    } else {
      result += each;
      if (std::find(quotes.begin(), quotes.end(), each) != quotes.end()) result += each;
    }
  }
  result += "'";
  return joined ? "(" + result + ")" : result;
}

}  // namespace gostrap
