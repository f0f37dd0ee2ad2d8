// Where a user's files are: the XDG base directories, as their specification has them.
#pragma once

#include <filesystem>
#include <optional>

namespace gostrap {

enum class BaseDirectory { data, config, cache };

/// $XDG_DATA_HOME (…), or ~/.local/share (~/.config, ~/.cache). A relative one is ignored, as the
/// specification wants it. Nothing where HOME is not set either: what is to be found or kept there has no
/// place.
std::optional<std::filesystem::path> base_directory(BaseDirectory which);
/// The same, for what must have a place: throws Error, which names `option` as the other way.
std::filesystem::path need_base_directory(BaseDirectory which, const char* what, const char* option);

/// $HOME, where it is an absolute path.
std::optional<std::filesystem::path> home_directory();

}  // namespace gostrap
