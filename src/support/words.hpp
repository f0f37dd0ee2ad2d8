// The words of an enumeration, in one table for both ways.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace gostrap {

template <class Value>
struct Word {
  Value value;
  std::string_view word;
};
// Clang deduces no aggregate's arguments before 17.
template <class Value>
Word(Value, std::string_view) -> Word<Value>;

/// Every value is in the table.
template <class Table, class Value>
std::string word_of(const Table& table, Value value) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const auto& each) { return each.value == value; });
  return std::string(found->word);
}

/// Nothing for a word that is none.
template <class Table>
auto value_of(const Table& table, std::string_view word) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const auto& each) { return each.word == word; });
  return found != table.end() ? std::optional(found->value) : std::nullopt;
}

}  // namespace gostrap
