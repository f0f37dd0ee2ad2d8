// The archives of std's packages out of a compiled std (seed/seed.hpp): what the go command has compiled with
// -trimpath are the compiler's bytes, but for its build IDs. The go command itself says which archive is a
// package's, by the rules that it has for its build cache: of sources that were changed it is none.
#pragma once

#include "compile/program_query.hpp"
#include "compile/step_cache.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gostrap {

struct StdArchives {
  std::map<std::string, std::filesystem::path> files;  ///< by import path
  std::string words;  ///< what the go command, or the program of the compiled std, had to say
};

/// Those of the packages, and of what they need, that `compiled_std`, an output for the query's port, has.
/// Where the go command cannot be asked there are none.
StdArchives std_archives(const ProgramQuery& query, const std::vector<std::string>& packages,
                         const std::filesystem::path& compiled_std, const StepCache& cache);

/// The archive as the compiler wrote it, before the go command gave it build IDs (cmd/internal/archive,
/// cmd/internal/buildid). Throws Error for what is no archive of Go's; `file` stands in it.
std::string without_build_ids(std::string_view archive, const std::string& file);

}  // namespace gostrap
