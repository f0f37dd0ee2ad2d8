// Go's path.Match, which is what //go:embed means by a pattern: '?' and the ranges of a class are code points
// of UTF-8,
// '^' alone negates, '!' is a member, and there are no classes with names. The C library's fnmatch differs in
// each.
#pragma once

#include <optional>
#include <string_view>

namespace gostrap {

/// Whether the pattern is all of the name; nothing for a pattern that Go calls malformed.
std::optional<bool> path_match(std::string_view pattern, std::string_view name);

/// The same element by element, as Go's Glob goes down directories: no class takes a slash.
bool glob_match(std::string_view pattern, std::string_view path);

}  // namespace gostrap
