#include "support/filled.hpp"

#include <optional>
#include <set>
#include <stdexcept>

namespace gostrap {
namespace {

struct Placeholder {
  std::size_t begin, end;
  std::string_view name;
};

/// The next @name@; a lone @, as in "$@" or a label of Bazel's, is none.
std::optional<Placeholder> next_placeholder(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('@', from); at != std::string_view::npos; at = text.find('@', at + 1)) {
    const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", at + 1);
    if (end != std::string_view::npos && end > at + 1 && text[end] == '@')
      return Placeholder{at, end + 1, text.substr(at + 1, end - at - 1)};
  }
  return std::nullopt;
}

bool has_own_line(std::string_view text, const Placeholder& placeholder) {
  return (placeholder.begin == 0 || text[placeholder.begin - 1] == '\n') &&
         text.substr(placeholder.end).starts_with('\n');
}

}  // namespace

std::string filled(std::string_view text, const std::map<std::string_view, std::string>& values) {
  std::string result;
  std::set<std::string_view> used;
  std::size_t from = 0;
  while (const std::optional<Placeholder> placeholder = next_placeholder(text, from)) {
    const auto value = values.find(placeholder->name);
    if (value == values.end())
      throw std::logic_error("there is no value for @" + std::string(placeholder->name) + "@");
    used.insert(value->first);
    result += text.substr(from, placeholder->begin - from);
    result += value->second;
    const bool ends_line = value->second.empty() || value->second.ends_with('\n');
    from = placeholder->end + (ends_line && has_own_line(text, *placeholder) ? 1 : 0);
  }
  for (const auto& [name, value] : values) {
    if (!used.contains(name)) throw std::logic_error("no text stands at @" + std::string(name) + "@");
  }
  result += text.substr(from);
  return result;
}

}  // namespace gostrap
