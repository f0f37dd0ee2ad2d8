// //go:debug lines: go build refuses what is wrong in them (cmd/go/internal/work, checkDirectives), and `go
// list` does not.
#pragma once

#include "compile/go_list.hpp"
#include "release/version.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

/// The //go:debug lines of a Go file that stand before its package clause, as they are, with their numbers.
std::vector<std::pair<std::size_t, std::string>> debug_lines(std::string_view source);

/// What is wrong with such a line in the go command's words, or nothing. `known` are the settings of the
/// release, and `own` is its version; `key` gets the setting.
std::string wrong_debug_line(const std::string& line, const std::set<std::string>& known, std::string& key,
                             const std::optional<Version>& own = {});

/// Throws for packages of the user's own in which go build would refuse such a line.
void require_go_debug(const std::vector<GoPackage>& packages, const std::string& goroot);

}  // namespace gostrap
