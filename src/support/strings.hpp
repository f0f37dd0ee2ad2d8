// Texts taken apart and put together: lists, lines, counted things.
#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gostrap {

/// The parts of a text, to walk over: none of them is copied, for the text may be large and anybody's. It
/// must live as long as they are used.
class Split {
 public:
  class Iterator {
   public:
    Iterator(std::optional<std::string_view> rest, std::string_view separators);
    std::string_view operator*() const { return part_; }
    Iterator& operator++();
    bool operator==(std::default_sentinel_t /*end*/) const { return !there_; }

   private:
    std::optional<std::string_view> rest_;  ///< behind the next separator, where there is one
    std::string_view separators_, part_;
    bool there_ = true;
  };

  /// Nothing has no parts at all.
  Split(std::optional<std::string_view> text, std::string_view separators)
      : text_(text), separators_(separators) {}
  Iterator begin() const { return {text_, separators_}; }
  std::default_sentinel_t end() const { return {}; }
  std::vector<std::string> copied() const;

 private:
  std::optional<std::string_view> text_;
  std::string_view separators_;
};

/// At each character that is one of the separators: one part more than there are of these, and so some may be
/// empty.
Split split(std::string_view text, std::string_view separators);
/// Without '\n'. What follows the last one is a line too, unless it is empty.
Split lines_of(std::string_view text);
// of a temporary nothing would be left to walk over
template <std::same_as<std::string> Text>
Split split(Text&& text, std::string_view separators) = delete;
template <std::same_as<std::string> Text>
Split lines_of(Text&& text) = delete;

/// Up to the first '\n'.
std::string first_line(std::string_view text);
/// Without the characters at its end that are among `unwanted`.
std::string without_trailing(std::string_view text, std::string_view unwanted);

/// Adds a part to what may be an empty list: behind a separator, unless nothing is there yet.
inline void append(std::string& list, std::string_view separator, std::string_view part) {
  if (!list.empty()) list += separator;
  list += part;
}

/// "a, b, c". `text_of` makes a text of each of them: a function, or a member.
template <class Range, class TextOf = std::identity>
std::string join(const Range& parts, std::string_view separator, TextOf text_of = {}) {
  std::string list;
  bool first = true;
  for (const auto& part : parts) {
    if (!std::exchange(first, false)) list += separator;
    list += std::invoke(text_of, part);
  }
  return list;
}

/// "a, b or c", with " or " as the last separator.
std::string enumeration(const std::vector<std::string>& parts, std::string_view last);

/// "1 file", "2 files"; `many` where an s is not enough.
std::string counted(std::size_t number, const std::string& one, const std::string& many = {});

}  // namespace gostrap
