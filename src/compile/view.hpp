// One function as the compiler sees it: its package is compiled once more, for the listing or for the passes
// alone.
#pragma once

#include "compile/compile.hpp"

#include <string>
#include <vector>

namespace gostrap {

enum class View { assembly, ssa };
/// The assembly listing of the function, or the HTML of every pass over it (GOSSAFUNC), of a recipe that was
/// followed there.
std::string view_function(const Recipe& recipe, const std::vector<StepReport>& reports,
                          const std::string& symbol, View view, const CompileContext& context);

/// The compiler's listing (-S) of the one function.
std::string listing_of(const std::string& listing, const std::string& symbol);

}  // namespace gostrap
