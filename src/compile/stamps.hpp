// What a list of packages came from, so that it is known without asking again whether it still holds: the
// files beside which go.mod, go.work and vendored modules are looked for, the names in every directory, and
// the files themselves.
#pragma once

#include "compile/program_query.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

/// One line each. Nothing where something was written to after the question was put, at `asked`
/// (nanoseconds), or so shortly before that it could change without a trace: then nobody knows which of its
/// contents the answer is of.
std::optional<std::string> stamps_for(const std::vector<GoPackage>& packages, const ProgramQuery& query,
                                      const std::map<std::string, std::string>& go_env, std::int64_t asked);

/// Whether all is as it was.
bool stamps_hold(std::string_view stamps);

}  // namespace gostrap
