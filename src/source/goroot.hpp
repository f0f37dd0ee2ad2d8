// What the files of a GOROOT, or of a source tree, say of it.
#pragma once

#include "release/port.hpp"

#include <filesystem>
#include <string>

namespace gostrap {

/// The first line of its VERSION, such as "go1.24.4"; an Error where it has none.
std::string version_line(const std::filesystem::path& goroot);

/// The port that its go.env makes the default; `otherwise` where it sets none, or is not there (Go 1.20 and
/// older).
Port default_port(const std::filesystem::path& goroot, const Port& otherwise);

/// Whether it has what make.bash needs first.
bool is_source_tree(const std::filesystem::path& directory);

}  // namespace gostrap
