// The archives of std's packages out of a compiled std (seed/seed.hpp): what the go command has compiled with
// -trimpath are the compiler's bytes, but for its build IDs. The go command itself says which archive is a
// package's. It knows a release's compiler by its version alone, so all that a package is made by and of must
// first be what the SDK's manifest says.
#pragma once

#include "compile/file_hashes.hpp"
#include "compile/program_query.hpp"
#include "compile/recipe.hpp"
#include "compile/step_cache.hpp"
#include "support/hash.hpp"
#include "support/progress.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace gostrap {

struct StdArchive {
  std::filesystem::path file;
  Digest digest{};  ///< of the file
};
using StdArchives = std::map<std::string, StdArchive>;  ///< by import path

/// Where archives can be had: what asks for them, and the output that has them.
struct StdSource {
  ProgramQuery query;
  std::filesystem::path compiled_std;  ///< for the query's port
};

/// Those of the recipe's plain steps (RecipeStep::plain_std). What is damaged in the compiled std is compiled
/// by the go command now. None where the SDK was changed, and where it cannot be asked, which `progress` is
/// told.
StdArchives std_archives(const StdSource& source, const Recipe& recipe, FileHashes& hashes,
                         const StepCache& cache, Progress& progress);

/// The archive as the compiler wrote it, before the go command gave it build IDs (cmd/internal/archive,
/// cmd/internal/buildid). Throws Error for what is no archive of Go's; `file` stands in it.
std::string without_build_ids(std::string_view archive, const std::string& file);

}  // namespace gostrap
