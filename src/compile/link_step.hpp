// The last step of a recipe: the linker over the archives of all packages (cmd/go/internal/work/gc.go, ld).
#pragma once

#include "compile/recipe.hpp"

namespace gostrap {

/// `recipe` has its build information and all steps but this one, and its output is the archive of `root`,
/// package main; `linker` is the symbolic path of the tool.
RecipeStep link_step(const Recipe& recipe, const GoPackage& root, const Layout& layout,
                     const std::string& linker, const RecipeOptions& options);

}  // namespace gostrap
