// Follows a recipe: what the cache does not hold is made, several steps at a time, each with a log of its
// own.
#pragma once

#include "compile/file_hashes.hpp"
#include "compile/recipe.hpp"
#include "compile/std_archives.hpp"
#include "compile/step_cache.hpp"
#include "support/error.hpp"
#include "support/process.hpp"
#include "support/progress.hpp"

#include <string>
#include <vector>

namespace gostrap {

struct StepReport {
  enum class State { made, cached, taken, failed, left_out };  ///< taken: out of the compiled std
  State state = State::left_out;
  std::string key;
  StepResult result;
  std::string log;   ///< path of the log of a step that ran
  std::string exit;  ///< of the command that failed: "exit status 2"
};

struct CompileOptions {
  unsigned jobs = 0;   ///< steps at a time; 0: as many as there are processors
  bool fresh = false;  ///< nothing is taken from the cache
};

/// Where a recipe is followed. `work` is a directory of ours, empty at first; it is where ${WORK} leads.
struct CompileContext {
  const fs::path& work;
  FileHashes& hashes;
  const StepCache& cache;
  const StdSource* std_source = nullptr;  ///< asked where one of std's packages must be made
};

/// One report a step, in the recipe's order. A step that fails stops nothing but what needs it. An Error
/// names an input that changed meanwhile: nothing that was made of it is remembered.
std::vector<StepReport> follow(const Recipe& recipe, const CompileContext& context,
                               const CompileOptions& options, Progress& progress);

/// One error with the words of the steps that failed, each under its package's name as the go command puts
/// it; nothing when none did.
std::optional<Error> failure_of(const Recipe& recipe, const std::vector<StepReport>& reports);

}  // namespace gostrap
