// From the words of compile and relink to a recipe.
#pragma once

#include "cli/compile_features.hpp"
#include "cli/use.hpp"
#include "compile/compile.hpp"
#include "compile/query.hpp"

#include <memory>
#include <vector>

namespace gostrap {

/// What the compile cache may take: enough for a few dozen programs.
constexpr std::uint64_t compile_cache_limit = std::uint64_t{4} << 30U;

/// All that compile and relink can be told.
struct CompileWords : UseWords {
  JobsWord jobs;
  std::optional<std::string> sdk, out, directory, mod, mod_file, pgo, stop_after;
  std::vector<std::string> tags, compiler_flags, assembler_flags, linker_flags, definitions;
  FeatureWords features;
  bool strip = false, no_optimize = false, no_inline = false, fresh = false;
  std::optional<std::string> assembly_of, ssa_of, ssa_out;
  std::optional<std::string> contract, check;
  std::vector<std::string> roots;
  std::optional<std::string> cache;

  void declare(Options& options);

 private:
  void declare_outputs(Options& options);
};

StepCache compile_cache(const CompileWords& words);

struct PreparedProgram {
  fs::path sdk;
  Recipe recipe;
  fs::path output;                     ///< where the program goes
  std::shared_ptr<FileHashes> hashes;  ///< with what was read of the inputs since the go command was asked
  bool remembered = false;             ///< the packages were known from an earlier run
};

/// Asks the SDK's go command about the program that the words name, and makes its recipe.
PreparedProgram prepare_program(const CompileWords& words, const StepCache& cache);
/// The SDK that --sdk names, by a port or a path.
fs::path sdk_named(const CompileWords& words);
/// The same for another package, directory and port than the words name.
PreparedProgram prepare_program(const CompileWords& words, const StepCache& cache, const fs::path& sdk,
                                ProgramQuery query);

/// Follows the recipe, writes what was asked for, and prints: all of compile and relink after their
/// preparations.
ExitCode compile_prepared(const CompileWords& words, const StepCache& cache, const PreparedProgram& prepared);

}  // namespace gostrap
