// Names that strangers gave: of entries in archives and git trees. They are checked before they touch the
// disk, and escaped before they touch a terminal.
#pragma once

#include <string>
#include <string_view>

namespace gostrap {

/// Why a path cannot be created below some root, as the end of "… because it "; empty when it can. A good
/// path is relative, in UTF-8, without NUL and without empty, "." or ".." components, of at most 4096 bytes
/// with components of at most 255.
std::string why_unsafe_path(std::string_view path);

/// Why a symbolic link at `path` may not point to `target`; empty when it may. ".." may only stand at the
/// start of a target: behind a name, where it leads depends on what that name is by then.
std::string why_unsafe_link(std::string_view path, std::string_view target);

/// The name as a file system that ignores case sees it.
std::string folded_case(std::string_view name);

/// The name in quotes, shortened and with everything a terminal could act on escaped.
std::string in_quotes(std::string_view name);
/// The same without the quotes, for somebody else's words.
std::string printable(std::string_view text);

}  // namespace gostrap
