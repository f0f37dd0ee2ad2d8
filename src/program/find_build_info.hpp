// Where Go's build information lies in a program's memory (debug/buildinfo).
#pragma once

#include "program/build_info.hpp"
#include "program/memory.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gostrap {

// Nothing where there is none, or it is damaged; `why` says so then.

/// Behind its header, in the inline form of Go 1.18 and later.
std::optional<BuildInfo> find_build_info(const std::vector<MemoryPiece>& data, std::string& why);
/// In WebAssembly there is no header: only the text that the program itself would print, between its marks.
std::optional<BuildInfo> find_marked_build_info(const std::vector<MemoryPiece>& data, std::string& why);

}  // namespace gostrap
