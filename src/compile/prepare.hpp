// From what is asked for to a recipe: the SDK's go command is asked about the program, its inputs are read,
// and its outputs looked at, before anything is compiled.
#pragma once

#include "compile/file_hashes.hpp"
#include "compile/outputs.hpp"
#include "compile/query.hpp"
#include "compile/recipe.hpp"
#include "compile/std_archives.hpp"
#include "compile/step_cache.hpp"

#include <memory>
#include <optional>
#include <string>

namespace gostrap {

struct ProgramRequest {
  fs::path compiled_std;     ///< that of the SDK; empty: there is none
  ProgramQuery query;        ///< its GOROOT is the SDK's
  RecipeOptions options;     ///< flags, definitions and strip; the others follow from all the rest
  std::string pgo = "auto";  ///< "auto" (default.pgo beside the main package), "off" or a profile
  WantedOutputs outputs;
};

struct PreparedProgram {
  fs::path sdk;
  Recipe recipe;
  fs::path output;                     ///< where the program goes
  std::shared_ptr<FileHashes> hashes;  ///< with what was read of the inputs since the go command was asked
  bool remembered = false;             ///< the packages were known from an earlier run
  std::optional<StdSource> std_source;
};

/// Throws Error for what cannot be compiled, and for outputs that cannot be written, are inputs or each
/// other.
PreparedProgram prepare_program(ProgramRequest request, const StepCache& cache);

/// The profile to compile a package with, "" for none.
std::string profile_for(const std::string& pgo, const GoPackage& package, const std::string& directory);

}  // namespace gostrap
