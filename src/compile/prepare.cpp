#include "compile/prepare.hpp"

#include "compile/go_debug.hpp"
#include "compile/make_recipe.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

#include <map>
#include <optional>
#include <vector>

namespace gostrap {
namespace {

const GoPackage& named_package(const std::vector<GoPackage>& packages) {
  for (const GoPackage& package : packages) {
    if (!package.only_dependency) return package;
  }
  throw Error({}, "there is no package to compile");
}

void require_names_that_are_there(const std::vector<GoPackage>& packages) {
  std::error_code hidden;
  for (const GoPackage& package : packages) {
    for (const auto* names : {&package.go_files, &package.assembly_files, &package.header_files,
                              &package.object_files, &package.embed_files}) {
      for (const std::string& name : *names) {
        const fs::path path = name.starts_with("/") ? fs::path(name) : fs::path(package.directory) / name;
        if (path.string().find("\xef\xbf\xbd") == std::string::npos || fs::exists(path, hidden)) continue;
        throw Error("compile " + package.import_path,
                    "the name of a file of it is not UTF-8, and the go command has no way to tell it: " +
                        path.string(),
                    "Give it another name.");
      }
    }
  }
}

NamedRoots roots_of(const ProgramQuery& query, const GoPackage& package, const std::string& module_cache) {
  NamedRoots roots;
  roots.add("SDK", query.goroot);
  if (package.module && !package.module->directory.empty() && !roots.cover(package.module->directory))
    roots.add("SRC", package.module->directory);
  if (!module_cache.empty()) roots.add("MODCACHE", module_cache);
  return roots;
}

/// Asks the go command, makes the recipe of what it says, and reads the inputs.
void make_program(const ProgramRequest& request, const StepCache& cache, PreparedProgram& prepared) {
  const ProgramQuery& query = request.query;
  const ProgramAnswer answer = query_program(query, cache);
  require_go_files(answer.packages);
  require_names_that_are_there(answer.packages);
  require_go_debug(answer.packages, query.goroot);
  prepared.remembered = answer.remembered;
  const GoPackage& package = named_package(answer.packages);
  prepared.output = output_of(request.outputs, package, query.port);

  RecipeOptions options = request.options;
  options.tool_directory = answer.go_env.at("GOTOOLDIR");
  options.module_cache = answer.go_env.at("GOMODCACHE");
  options.build_mode = query.build_mode;
  options.tags = query.tags;
  options.pgo = profile_for(request.pgo, package, query.directory);
  options.last = request.outputs.last;
  prepared.recipe = make_recipe(answer.packages, target_from(query.port, answer.go_env),
                                roots_of(query, package, options.module_cache), options);
  std::vector<std::string> settled{query.goroot};
  if (!options.module_cache.empty()) settled.push_back(options.module_cache);
  prepared.hashes->settle(std::move(settled));
  for (const RecipeStep& step : prepared.recipe.steps) {
    for (const std::string& input : step.inputs)
      prepared.hashes->of_input(prepared.recipe.roots.actual(input));
  }
}

}  // namespace

std::string profile_for(const std::string& pgo, const GoPackage& package, const std::string& directory) {
  if (pgo == "off") return {};
  std::error_code hidden;
  const fs::path file =
      pgo == "auto" ? fs::path(package.directory) / "default.pgo" : fs::path(directory) / pgo;
  if (pgo == "auto") return package.name == "main" && fs::exists(file, hidden) ? file.string() : "";
  if (!fs::is_regular_file(file, hidden))
    throw Error({}, "--pgo names " + file.string() + ", which is no file");
  return file.lexically_normal().string();
}

PreparedProgram prepare_program(ProgramRequest request, const StepCache& cache) {
  PreparedProgram prepared;
  prepared.sdk = request.query.sdk;
  request.query.goroot = fs::canonical(goroot_of(prepared.sdk)).string();
  cache.prepare();
  prepared.hashes = std::make_shared<FileHashes>(cache.root() / "hashes");
  // what is saved while the go command looks at it may have been listed as it was, and be compiled as it is
  std::map<std::string, FileStamp> earlier;
  for (int tries = 1;; ++tries) {
    const std::int64_t asked = now_in_nanoseconds();
    make_program(request, cache, prepared);
    const std::optional<std::string> late = prepared.hashes->input_later_than(asked);
    std::map<std::string, FileStamp> now = prepared.hashes->input_stamps();
    if (!late || now == earlier) break;
    if (tries == 5)
      throw Error("compile " + prepared.recipe.main_package, *late + " changes all the time",
                  "Run it again when nothing writes there.");
    earlier = std::move(now);
    prepared.hashes->forget_inputs();
  }
  require_outputs(request.outputs, prepared.output, *prepared.hashes);
  if (!request.compiled_std.empty() && request.query.settings.empty())
    prepared.std_source = {request.query, request.compiled_std};
  return prepared;
}

}  // namespace gostrap
