#include "release/version.hpp"

#include <algorithm>
#include <charconv>

namespace gostrap {
namespace {

/// Takes a number off the front of `text`: at most five digits, no sign.
std::optional<int> take_number(std::string_view& text) {
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  if (digits == 0 || digits > 5 || (digits > 1 && text.front() == '0')) return std::nullopt;
  int number = 0;
  std::from_chars(text.data(), text.data() + digits, number);
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// Takes a version off the front of `text`.
std::optional<Version> take_version(std::string_view& text) {
  Version version;
  const std::optional<int> major = take_number(text);
  if (!major || !take(text, ".")) return std::nullopt;
  const std::optional<int> minor = take_number(text);
  if (!minor) return std::nullopt;
  version.major = *major;
  version.minor = *minor;
  std::string_view after = text;
  if (take(after, ".")) {
    if (const std::optional<int> patch = take_number(after)) {
      version.patch = *patch;
      text = after;
    }
  }
  for (const auto& [word, base] : {std::pair{"beta", 0}, std::pair{"rc", 1000}}) {
    if (!take(text, word)) continue;
    const std::optional<int> number = take_number(text);
    if (!number || *number >= 1000) return std::nullopt;
    version.stage = base + *number;
    break;
  }
  return version;
}

}  // namespace

std::string Version::text() const {
  std::string text = std::to_string(major) + "." + std::to_string(minor);
  if (patch != 0 || (stage == released && minor >= 21)) text += "." + std::to_string(patch);
  if (stage != released)
    text += stage >= 1000 ? "rc" + std::to_string(stage - 1000) : "beta" + std::to_string(stage);
  return text;
}

bool same_line(const Version& a, const Version& b) {
  return a.major == b.major && a.minor == b.minor;
}

std::string_view without_any_patch(std::string_view word) {
  if (word.ends_with(".x")) word.remove_suffix(2);
  return word;
}

std::optional<Version> line_named(std::string_view word) {
  word = without_any_patch(word);
  const std::optional<Version> named = parse_version(word);
  const bool is_line =
      named && named->stage == Version::released && std::count(word.begin(), word.end(), '.') == 1;
  return is_line ? named : std::nullopt;
}

std::optional<Version> parse_version(std::string_view text) {
  take(text, "go");
  const std::optional<Version> version = take_version(text);
  return version && text.empty() ? version : std::nullopt;
}

std::optional<Version> version_of_file(std::string_view name) {
  if (!take(name, "go")) return std::nullopt;
  const std::optional<Version> version = take_version(name);
  return version && name.starts_with(".") ? version : std::nullopt;
}

std::optional<Version> find_version(std::string_view text) {
  for (std::size_t at = text.find("go"); at != std::string_view::npos; at = text.find("go", at + 2)) {
    if (at != 0 && text[at - 1] != ' ') continue;
    std::string_view rest = text.substr(at + 2);
    if (const std::optional<Version> version = take_version(rest)) return version;
  }
  return std::nullopt;
}

}  // namespace gostrap
