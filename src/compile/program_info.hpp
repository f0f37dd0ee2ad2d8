// The build information of a program that is about to be linked (cmd/go/internal/load/pkg.go, setBuildInfo).
#pragma once

#include "compile/recipe.hpp"
#include "program/build_info.hpp"

#include <string>
#include <vector>

namespace gostrap {

BuildInfo program_info(const std::vector<GoPackage>& packages, const GoPackage& main, const Target& target,
                       const RecipeOptions& options, const NamedRoots& roots);

/// The checksum of a module as the module cache holds it; empty where it does not, as for vendored modules.
std::string module_sum(const std::string& module_cache, const std::string& path, const std::string& version);

}  // namespace gostrap
