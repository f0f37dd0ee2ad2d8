// From the packages of a program, as the go command lists them, to its recipe.
#pragma once

#include "compile/recipe.hpp"

namespace gostrap {

/// Throws UsageError for what cannot be built without cgo, or where more than one package was asked for.
Recipe make_recipe(const std::vector<GoPackage>& packages, const Target& target, NamedRoots roots,
                   const RecipeOptions& options);

}  // namespace gostrap
