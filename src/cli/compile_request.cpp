#include "cli/compile_request.hpp"

#include "cli/compile_features.hpp"
#include "cli/compile_outputs.hpp"
#include "cli/mistaken_words.hpp"
#include "cli/named_path.hpp"
#include "cli/profile_options.hpp"
#include "cli/strangers.hpp"
#include "cli/use.hpp"
#include "compile/go_debug.hpp"
#include "compile/make_recipe.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/run_failure.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {
namespace {

using Texts = std::vector<std::string>;

/// As cmd/go/internal/work (tagsFlag): the last one counts; with spaces or quotes in it, it is a list as in a
/// shell.
Texts tags_of(const CompileWords& words) {
  Texts tags;
  if (words.tags.empty()) return tags;
  const std::string& text = words.tags.back();
  if (text.find_first_of(" '\"") != std::string::npos) return split_quoted(text);
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    if (end > start) tags.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return tags;
}

PackageFlags flags_of(const std::string& option, const Texts& given, const std::string& directory) {
  PackageFlags flags;
  for (const std::string& text : given) {
    if (const auto mistaken = mistaken_flag(option, text)) throw UsageError(*mistaken);
    flags.add(option, text, directory);
  }
  return flags;
}

PackageFlags compiler_flags_of(const CompileWords& words, const std::string& directory) {
  Texts all;
  std::string own;
  if (words.no_optimize) own += "-N";
  if (words.no_inline) own += own.empty() ? "-l" : " -l";
  if (!own.empty()) all.push_back(own);
  all.insert(all.end(), words.compiler_flags.begin(), words.compiler_flags.end());
  return flags_of("gcflags", all, directory);
}

/// The port of an SDK that is named by its path, from its go.env: the manifest says it too, with a hash for
/// each of thousands of files.
Port port_of(const fs::path& sdk) {
  const std::string text = "\n" + read_file(goroot_of(sdk) / "go.env");
  const auto value = [&](const std::string& name) {
    const std::size_t at = text.find("\n" + name + "=");
    if (at == std::string::npos) return std::string();
    const std::size_t start = at + name.size() + 2;
    return text.substr(start, text.find('\n', start) - start);
  };
  const Port port{value("GOOS"), value("GOARCH")};
  return port.goos.empty() || port.goarch.empty() ? read_manifest_head(sdk).port : port;
}

Port port_named(const CompileWords& words, const fs::path& sdk) {
  const std::string word = words.sdk.value_or(own_port().text());
  return is_path(word) ? port_of(sdk) : parse_port(word);
}

fs::path directory_of(const CompileWords& words) {
  std::error_code hidden;
  if (!words.directory) {
    // as the go command has it (os.Getwd): behind a link, it is in the module that the link lies in
    const fs::path said = environment_value("PWD").value_or("");
    return said.is_absolute() && said.lexically_normal() == said && fs::equivalent(said, ".", hidden)
               ? said
               : fs::current_path();
  }
  const fs::path directory = *words.directory;
  if (!fs::is_directory(directory, hidden))
    throw UsageError("-C names " + directory.string() + ", which is no directory");
  return fs::canonical(directory);
}

const GoPackage& named_package(const std::vector<GoPackage>& packages) {
  for (const GoPackage& package : packages) {
    if (!package.only_dependency) return package;
  }
  throw UsageError("there is no package to compile");
}

std::string profile_of(const CompileWords& words, const GoPackage& package, const std::string& directory) {
  const std::string choice = words.pgo.value_or("auto");
  if (choice == "off") return {};
  std::error_code hidden;
  const fs::path file =
      choice == "auto" ? fs::path(package.directory) / "default.pgo" : fs::path(directory) / choice;
  if (choice == "auto") return package.name == "main" && fs::exists(file, hidden) ? file.string() : "";
  if (!fs::is_regular_file(file, hidden))
    throw UsageError("--pgo names " + file.string() + ", which is no file");
  return file.lexically_normal().string();
}

/// What the go command answers; where it wants another Go, with the release that is pinned here.
ProgramAnswer asked_about(const ProgramQuery& query, const StepCache& cache, const CompileWords& words) {
  try {
    return query_program(query, cache);
  } catch (const Error& error) {
    const std::string advice = newer_go_advice(error.why(), words.common.releases(), query.port.text());
    if (advice.empty()) throw;
    throw Error(error.doing(), error.why(), advice, error.code());
  }
}

}  // namespace

void CompileWords::declare(Options& options) {
  UseWords::declare(options);
  jobs.declare(options);
  options.add("sdk",
              "the SDK to use: a port, for the one in the store, or a path such as ./sdk (default: this "
              "machine's port)",
              "PORT", sdk);
  options.add("o,out", "where the program goes (default: its package's name, here)", "OUT", out);
  options.add("C", "the directory in which PKG is looked for", "DIR", directory);
  options.add("tags", "build tags", "TAG,…", tags);
  options.add("mod", "readonly, vendor or mod, as of the go command", "MODE", mod);
  options.add("modfile", "another go.mod", "FILE", mod_file);
  features.declare(options);
  options.add("gcflags", "flags for the compiler; PATTERN=FLAGS for other packages than PKG (repeatable)",
              "FLAGS", compiler_flags);
  options.add("asmflags", "the same for the assembler", "FLAGS", assembler_flags);
  options.add("ldflags", "flags for the linker", "FLAGS", linker_flags);
  options.add("X", "set a string variable when linking, such as main.version=1.2 (repeatable)", "NAME=VALUE",
              definitions);
  options.add("strip", "no symbol table and no debug information", strip);
  options.add("no-optimize", "compile PKG without optimisation (-N)", no_optimize);
  options.add("no-inline", "compile PKG without inlining (-l)", no_inline);
  options.add("pgo", "auto (default.pgo beside the main package), off, or a profile", "FILE", pgo);
  declare_outputs(options);
  options.add("fresh", "take nothing from the cache", fresh);
  options.add("cache",
              "what is compiled already (default: $GOSTRAP_COMPILE_CACHE, else in the XDG cache directory)",
              "DIR", cache);
}

void CompileWords::declare_outputs(Options& options) {
  options.add("stop-after", "compile, asm or link: -o DIR then gets the packages' archives", "STAGE",
              stop_after);
  options.add("asm", "print the compiler's listing of one function, such as main.main", "FUNC", assembly_of);
  options.add("ssa", "write every pass of the compiler over one function, as HTML", "FUNC", ssa_of);
  options.add("ssa-out", "where --ssa goes (default: ssa.html)", "FILE", ssa_out);
  options.add(
      "contract",
      "write contract.json, which says all that went in and came out, and replay.sh, which makes it again",
      "DIR", contract);
  options.add("check", "say what of a contract.json no longer holds, and compile nothing", "FILE", check);
  options.add("root", "with --check: another place for one of the contract's roots (repeatable)", "NAME=DIR",
              roots);
}

fs::path sdk_named(const CompileWords& words) {
  const std::string word = words.sdk.value_or(own_port().text());
  std::error_code hidden;
  if (is_path(word) && fs::is_regular_file(manifest_path(word), hidden)) {
    require_exec(word, "use the SDK");
    tell_strangers_at(words.common.store(), word);
    return fs::canonical(word);
  }
  return sdk_in_store(words, word).path;
}

StepCache compile_cache(const CompileWords& words) {
  return StepCache(words.cache ? fs::absolute(*words.cache) : default_compile_cache());
}

PreparedProgram prepare_program(const CompileWords& words, const StepCache& cache) {
  const fs::path sdk = sdk_named(words);
  ProgramQuery query;
  query.directory = directory_of(words).string();
  query.packages = words.common.arguments.words;
  if (query.packages.empty()) query.packages = {"."};
  query.port = port_named(words, sdk);
  return prepare_program(words, cache, sdk, std::move(query));
}

namespace {

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

/// Asks the go command, makes the recipe of what it says, and reads the inputs.
void make_program(const CompileWords& words, const StepCache& cache, const ProgramQuery& query,
                  PreparedProgram& prepared) {
  const ProgramAnswer answer = asked_about(query, cache, words);
  require_go_files(answer.packages);
  require_names_that_are_there(answer.packages);
  require_go_debug(answer.packages, query.goroot);
  prepared.remembered = answer.remembered;
  const GoPackage& package = named_package(answer.packages);
  prepared.output = output_of(words, package, query.port);

  RecipeOptions options;
  options.tool_directory = answer.go_env.at("GOTOOLDIR");
  options.module_cache = answer.go_env.at("GOMODCACHE");
  options.build_mode = query.build_mode;
  options.tags = query.tags;
  options.pgo = profile_of(words, package, query.directory);
  options.compiler_flags = compiler_flags_of(words, query.directory);
  options.assembler_flags = flags_of("asmflags", words.assembler_flags, query.directory);
  options.linker_flags = flags_of("ldflags", words.linker_flags, query.directory);
  options.strip = words.strip;
  options.definitions = words.definitions;
  options.last = last_stage(words);
  NamedRoots roots;
  roots.add("SDK", query.goroot);
  if (package.module && !package.module->directory.empty() && !roots.cover(package.module->directory))
    roots.add("SRC", package.module->directory);
  if (!options.module_cache.empty()) roots.add("MODCACHE", options.module_cache);
  prepared.recipe =
      make_recipe(answer.packages, target_from(query.port, answer.go_env), std::move(roots), options);
  std::vector<std::string> settled{query.goroot};
  if (!options.module_cache.empty()) settled.push_back(options.module_cache);
  prepared.hashes->settle(std::move(settled));
  for (const RecipeStep& step : prepared.recipe.steps) {
    for (const std::string& input : step.inputs)
      prepared.hashes->of_input(prepared.recipe.roots.actual(input));
  }
}

}  // namespace

PreparedProgram prepare_program(const CompileWords& words, const StepCache& cache, const fs::path& sdk,
                                ProgramQuery query) {
  PreparedProgram prepared;
  prepared.sdk = sdk;
  query.sdk = sdk.string();
  query.goroot = fs::canonical(goroot_of(sdk)).string();
  query.tags = tags_of(words);
  query.mod = words.mod.value_or("");
  query.mod_file = words.mod_file.value_or("");
  query.build_mode =
      settled_build_mode(words.common, words.features, words.profile.fallback, query.port, sdk);
  query.offline = words.common.offline();
  query.fresh = words.fresh;
  cache.prepare();
  prepared.hashes = std::make_shared<FileHashes>(cache.root() / "hashes");
  // what is saved while the go command looks at it may have been listed as it was, and be compiled as it is
  std::map<std::string, FileStamp> earlier;
  for (int tries = 1;; ++tries) {
    const std::int64_t asked = now_in_nanoseconds();
    make_program(words, cache, query, prepared);
    const std::optional<std::string> late = prepared.hashes->input_later_than(asked);
    std::map<std::string, FileStamp> now = prepared.hashes->input_stamps();
    if (!late || now == earlier) break;
    if (tries == 5)
      throw Error("compile " + prepared.recipe.main_package, *late + " changes all the time",
                  "Run it again when nothing writes there.");
    earlier = std::move(now);
    prepared.hashes->forget_inputs();
  }
  require_outputs(words, prepared);
  return prepared;
}

}  // namespace gostrap
