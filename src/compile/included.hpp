// Headers that assembly files include from outside their package. go list does not tell of them, and the go
// command's own cache does not know them (golang/go#24355).
#pragma once

#include "compile/go_list.hpp"

#include <string>
#include <vector>

namespace gostrap {

/// The names in `#include "…"` lines, in order.
std::vector<std::string> included_names(std::string_view assembly);

/// Paths of what the package's assembly files include, and what that includes: as the assembler finds it,
/// from the package's directory, then from `search`. What lies in the package itself is left out, but for
/// files that go list does not count as headers.
std::vector<std::string> included_files(const GoPackage& package, const std::vector<std::string>& search);

}  // namespace gostrap
