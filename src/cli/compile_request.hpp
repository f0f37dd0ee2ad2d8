// From the words of compile and relink to a recipe.
#pragma once

#include "cli/command_line.hpp"
#include "compile/compile.hpp"
#include "compile/query.hpp"

#include <memory>
#include <vector>

namespace gostrap {

/// What the compile cache may take: enough for a few dozen programs.
constexpr std::uint64_t compile_cache_limit = std::uint64_t{4} << 30U;

void add_compile_options(CommandLine& line);
StepCache compile_cache(const CommandLine& line);

struct PreparedProgram {
  fs::path sdk;
  Recipe recipe;
  fs::path output;                     ///< where the program goes
  std::shared_ptr<FileHashes> hashes;  ///< with what was read of the inputs since the go command was asked
  bool remembered = false;             ///< the packages were known from an earlier run
};

/// Asks the SDK's go command about the program that the words name, and makes its recipe.
PreparedProgram prepare_program(const CommandLine& line, const StepCache& cache);
/// The SDK that --sdk names, by a port or a path.
fs::path sdk_named(const CommandLine& line);
/// The same for another package, directory and port than the words name.
PreparedProgram prepare_program(const CommandLine& line, const StepCache& cache, const fs::path& sdk,
                                ProgramQuery query);

/// Follows the recipe, writes what was asked for, and prints: all of compile and relink after their
/// preparations.
ExitCode compile_prepared(const CommandLine& line, const StepCache& cache, const PreparedProgram& prepared);

}  // namespace gostrap
