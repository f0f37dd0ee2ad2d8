// Where what is compiled goes: the program, or archives of its packages; a contract; a view of one function.
#pragma once

#include "compile/compile.hpp"
#include "compile/file_hashes.hpp"
#include "compile/recipe.hpp"
#include "compile/step_cache.hpp"

#include <optional>
#include <string>
#include <vector>

namespace gostrap {

struct WantedOutputs {
  LastStage last = LastStage::link;
  std::optional<std::string> out;     ///< as it was typed; nothing: by the package's name, here
  std::optional<fs::path> contract;   ///< the directory for contract.json and replay.sh
  std::optional<std::string> ssa_of;  ///< the function whose passes ssa_out shows
  fs::path ssa_out = "ssa.html";
};

/// Where the program, or the archives, of the package go. Throws Error for what go build refuses.
fs::path output_of(const WantedOutputs& wanted, const GoPackage& package, const Port& port);

/// Before anything is compiled: throws for an output that cannot be written, is an input, or another output.
/// `output` is what output_of() said.
void require_outputs(const WantedOutputs& wanted, const fs::path& output, const FileHashes& hashes);

/// A program as it was compiled: its recipe was followed in `work`.
struct CompiledProgram {
  fs::path sdk, output;
  const Recipe& recipe;
  const std::vector<StepReport>& reports;
  fs::path work;
};

/// Puts what was asked for where it was asked for; the first is the program.
std::vector<fs::path> write_outputs(const WantedOutputs& wanted, const CompiledProgram& compiled,
                                    const StepCache& cache, FileHashes& hashes);

/// The name that the go command would give the program.
std::string program_name(const GoPackage& package);

}  // namespace gostrap
