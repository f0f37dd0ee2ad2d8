// What compile and relink can be told, and what that asks of the compile room.
#pragma once

#include "cli/compile_features.hpp"
#include "cli/use.hpp"
#include "compile/prepare.hpp"

#include <optional>
#include <string>
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

struct CompileSdk {
  fs::path path;
  fs::path compiled_std;  ///< its own, where the store has it; else empty
};
/// The SDK that --sdk names, by a port or a path.
CompileSdk sdk_named(const CompileWords& words);
/// Which package compile is about, with that SDK.
ProgramQuery query_named(const CompileWords& words, const fs::path& sdk);
/// All that the words ask of the program that the query names by its directory, packages and port.
ProgramRequest program_request(const CompileWords& words, const CompileSdk& sdk, ProgramQuery query);
/// The same, made ready. Where the go command wants another Go, the error has the release that is pinned
/// here.
PreparedProgram prepare_program(const CompileWords& words, const StepCache& cache,
                                const ProgramRequest& request);

/// Follows the recipe, writes what was asked for, and prints: all of compile and relink after their
/// preparations.
ExitCode compile_prepared(const CompileWords& words, const WantedOutputs& outputs, const StepCache& cache,
                          const PreparedProgram& prepared);

}  // namespace gostrap
