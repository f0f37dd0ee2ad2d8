#include "cli/argument_slots.hpp"

#include "support/strings.hpp"

#include <algorithm>

namespace gostrap {
namespace {

constexpr std::string_view dots = "…";

/// At spaces, but not within brackets: "[--store DIR | --to DIR]" is one.
std::vector<std::string> usage_words(std::string_view usage) {
  std::vector<std::string> words;
  std::string word;
  int depth = 0;
  for (const char each : usage) {
    if (each == '[') ++depth;
    if (each == ']') --depth;
    if (each != ' ' || depth > 0) {
      word += each;
      continue;
    }
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

/// "PORT[@V]…" of "[PORT[@V]…]"; "[PORT=]PROGRAM…" stays as it is.
std::string without_brackets(const std::string& word) {
  if (!word.starts_with('[') || !word.ends_with(']')) return word;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < word.size(); ++i) {
    if (word[i] == '[') ++depth;
    if (word[i] == ']') --depth;
    if (depth == 0) return word;  // that one is closed before the end
  }
  return word.substr(1, word.size() - 2);
}

ArgumentSlot slot_of(const std::string& word) {
  ArgumentSlot slot;
  for (const std::string_view each : split(word, "|")) {
    std::string placeholder(each);
    if (placeholder.starts_with('-')) continue;  // "--all" stands for them
    if (placeholder.ends_with(dots)) {
      placeholder.resize(placeholder.size() - dots.size());
      slot.repeats = true;
    }
    slot.placeholders.push_back(std::move(placeholder));
  }
  return slot;
}

}  // namespace

std::vector<ArgumentSlot> argument_slots(std::string_view usage) {
  std::vector<ArgumentSlot> slots;
  const std::vector<std::string> words = usage_words(usage);
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (words[i].starts_with('-')) {  // an option that cannot be left out, and its value
      ++i;
      continue;
    }
    const std::string word = without_brackets(words[i]);
    if (word == "OPTIONS" || word.starts_with('-')) continue;
    slots.push_back(slot_of(word));
  }
  return slots;
}

std::optional<std::size_t> most_arguments(const std::vector<ArgumentSlot>& slots) {
  if (std::any_of(slots.begin(), slots.end(), [](const ArgumentSlot& slot) { return slot.repeats; }))
    return std::nullopt;
  return slots.size();
}

std::vector<ArgumentSlot> slots_at(const std::vector<ArgumentSlot>& slots, std::size_t before) {
  std::vector<ArgumentSlot> possible;
  for (const ArgumentSlot& slot : slots) {
    if (before > 0 && !slot.repeats) {
      --before;
      continue;
    }
    possible.push_back(slot);
    if (!slot.repeats) break;
  }
  return possible;
}

}  // namespace gostrap
