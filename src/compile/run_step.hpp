// Runs the commands of one step in a work directory.
#pragma once

#include "compile/recipe.hpp"
#include "support/files.hpp"
#include "support/process.hpp"

#include <functional>

namespace gostrap {

struct StepRun {
  std::string output;  ///< what the commands printed
  Exit exit;           ///< of the last that ran
};

/// Writes the step's files and runs its commands, up to the first that fails. `roots` has WORK. With `log`,
/// every command, its output and its exit go there.
StepRun run_step(const Recipe& recipe, const RecipeStep& step, const NamedRoots& roots, const fs::path& log);

/// The whole environment of a command.
Environment environment_of(const Recipe& recipe, const ToolCommand& command);

/// Appends objects to an archive as cmd/go does (work/gc.go, packInternal).
void pack_objects(const fs::path& archive, const std::vector<fs::path>& objects);

}  // namespace gostrap
