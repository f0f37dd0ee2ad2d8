#include "compile/path_match.hpp"

#include "compile/utf8.hpp"

namespace gostrap {
namespace {

struct Malformed {};

/// One end of a range, which may be escaped, from the front of a class. Something must follow it.
std::uint32_t take_end(std::string_view& chunk) {
  if (chunk.empty() || chunk.front() == '-' || chunk.front() == ']') throw Malformed{};
  if (chunk.front() == '\\') {
    chunk.remove_prefix(1);
    if (chunk.empty()) throw Malformed{};
  }
  const Rune rune = decode_rune(chunk);
  if (rune.value == no_rune && rune.size == 1) throw Malformed{};
  chunk.remove_prefix(rune.size);
  if (chunk.empty()) throw Malformed{};
  return rune.value;
}

/// Whether a class takes the code point; it is read to its end.
bool take_class(std::string_view& chunk, std::uint32_t rune) {
  const bool negated = !chunk.empty() && chunk.front() == '^';
  if (negated) chunk.remove_prefix(1);
  bool match = false;
  for (int ranges = 0;; ++ranges) {
    if (!chunk.empty() && chunk.front() == ']' && ranges > 0) {
      chunk.remove_prefix(1);
      return match != negated;
    }
    const std::uint32_t low = take_end(chunk);
    std::uint32_t high = low;
    if (chunk.front() == '-') {
      chunk.remove_prefix(1);
      high = take_end(chunk);
    }
    match = match || (low <= rune && rune <= high);
  }
}

/// What is left of `name` when the chunk, which has no star, is taken from its front. A chunk is read to its
/// end even where it does not match, to see whether it is well formed.
std::optional<std::string_view> match_chunk(std::string_view chunk, std::string_view name) {
  bool failed = false;
  while (!chunk.empty()) {
    failed = failed || name.empty();
    const char c = chunk.front();
    if (c == '[') {
      const Rune rune = failed ? Rune{} : decode_rune(name);
      name.remove_prefix(rune.size);
      chunk.remove_prefix(1);
      if (!take_class(chunk, rune.value)) failed = true;
      continue;
    }
    if (c == '?') {
      if (!failed && name.front() == '/') failed = true;
      if (!failed) name.remove_prefix(decode_rune(name).size);
      chunk.remove_prefix(1);
      continue;
    }
    if (c == '\\') {
      chunk.remove_prefix(1);
      if (chunk.empty()) throw Malformed{};
    }
    if (!failed && chunk.front() != name.front()) failed = true;
    if (!failed) name.remove_prefix(1);
    chunk.remove_prefix(1);
  }
  if (failed) return std::nullopt;
  return name;
}

struct Chunk {
  bool star = false;
  std::string_view text;
};

/// The stars at the front of a pattern, and what follows them up to the next.
Chunk take_chunk(std::string_view& pattern) {
  Chunk chunk;
  while (!pattern.empty() && pattern.front() == '*') {
    pattern.remove_prefix(1);
    chunk.star = true;
  }
  bool in_class = false;
  std::size_t end = 0;
  for (; end < pattern.size() && (pattern[end] != '*' || in_class); ++end) {
    if (pattern[end] == '\\' && end + 1 < pattern.size()) {
      ++end;
    } else if (pattern[end] == '[') {
      in_class = true;
    } else if (pattern[end] == ']') {
      in_class = false;
    }
  }
  chunk.text = pattern.substr(0, end);
  pattern.remove_prefix(end);
  return chunk;
}

bool match(std::string_view pattern, std::string_view name) {
  while (!pattern.empty()) {
    const Chunk chunk = take_chunk(pattern);
    if (chunk.star && chunk.text.empty()) return name.find('/') == std::string_view::npos;
    std::optional<std::string_view> rest = match_chunk(chunk.text, name);
    // the last chunk must take all of the name
    if (rest && !rest->empty() && pattern.empty()) rest.reset();
    for (std::size_t skipped = 0; chunk.star && !rest && skipped < name.size() && name[skipped] != '/';
         ++skipped) {
      rest = match_chunk(chunk.text, name.substr(skipped + 1));
      if (rest && !rest->empty() && pattern.empty()) rest.reset();
    }
    if (!rest) {
      while (!pattern.empty()) match_chunk(take_chunk(pattern).text, "");
      return false;
    }
    name = *rest;
  }
  return name.empty();
}

}  // namespace

std::optional<bool> path_match(std::string_view pattern, std::string_view name) {
  try {
    return match(pattern, name);
  } catch (const Malformed&) {
    return std::nullopt;
  }
}

bool glob_match(std::string_view pattern, std::string_view path) {
  while (true) {
    const std::size_t end = pattern.find('/');
    const std::size_t path_end = path.find('/');
    if (!path_match(pattern.substr(0, end), path.substr(0, path_end)).value_or(false)) return false;
    if (end == std::string_view::npos || path_end == std::string_view::npos)
      return end == std::string_view::npos && path_end == std::string_view::npos;
    pattern.remove_prefix(end + 1);
    path.remove_prefix(path_end + 1);
  }
}

}  // namespace gostrap
