// Where what compile and relink make goes: the program, archives, a contract, a view of one function.
#pragma once

#include "cli/compile_request.hpp"

#include <filesystem>
#include <vector>

namespace gostrap {

/// What --stop-after names.
LastStage last_stage(const CompileWords& words);

/// Where the program, or the archives, of the package go. Throws UsageError for what go build refuses.
std::filesystem::path output_of(const CompileWords& words, const GoPackage& package, const Port& port);

/// Before anything is compiled: throws for an output that cannot be written, is an input, or another output.
void require_outputs(const CompileWords& words, const PreparedProgram& prepared);

/// Puts what was asked for where it was asked for; the first is the program.
/// `recipe` is the prepared one as it was followed in `work`.
std::vector<std::filesystem::path> write_results(const CompileWords& words, const PreparedProgram& prepared,
                                                 const Recipe& recipe, const std::vector<StepReport>& reports,
                                                 const StepCache& cache, const std::filesystem::path& work);

}  // namespace gostrap
