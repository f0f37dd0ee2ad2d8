#include "cli/compile_request.hpp"

#include "cli/compile_features.hpp"
#include "cli/mistaken_words.hpp"
#include "cli/named_path.hpp"
#include "cli/profile_options.hpp"
#include "cli/strangers.hpp"
#include "cli/use.hpp"
#include "cli/use_std.hpp"
#include "compile/package_flags.hpp"
#include "compile/sdk_facts.hpp"
#include "sdk/manifest.hpp"
#include "seed/seed.hpp"
#include "store/located.hpp"
#include "support/error.hpp"
#include "support/run_failure.hpp"

#include <utility>

namespace gostrap {
namespace {

using Texts = std::vector<std::string>;

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

Port port_named(const CompileWords& words, const fs::path& sdk) {
  const std::string word = words.sdk.value_or(own_port().text());
  return is_path(word) ? port_of_sdk(sdk) : parse_port(word);
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

LastStage last_stage(const CompileWords& words) {
  const std::string stage = words.stop_after.value_or("");
  if (stage.empty() || stage == "link") return LastStage::link;
  if (stage == "asm") return LastStage::assemble;
  if (stage == "compile") return LastStage::compile;
  throw UsageError("--stop-after takes compile, asm or link, not \"" + stage + "\"");
}

}  // namespace

void CompileWords::declare(Options& options) {
  UseWords::declare_without_c(options);
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

namespace {

/// Where the go command can be asked for what is in it.
fs::path askable(const std::optional<StoreEntry>& compiled) {
  const bool can = compiled && has_cache_programs(*compiled) && !is_unwanted(own_environment()) &&
                   !seed_command(compiled->path).empty();
  return can ? compiled->path : fs::path();
}

/// Of an SDK in the store that the user has named by its path.
fs::path std_of(const CompileWords& words, const fs::path& sdk) {
  const Store store = words.common.store();
  const std::optional<StoreEntry> entry = entry_at(store, sdk);
  if (!entry || entry->kind != Kind::sdk) return {};
  const std::optional<Version> version = parse_version(entry->release);
  const Releases releases = words.common.releases();
  const Release* const release = version ? releases.find(*version) : nullptr;
  return release != nullptr ? askable(compiled_std(store.entries(), *entry, *release)) : fs::path();
}

}  // namespace

CompileSdk sdk_named(const CompileWords& words) {
  const std::string word = words.sdk.value_or(own_port().text());
  std::error_code hidden;
  if (is_path(word) && fs::is_regular_file(manifest_path(word), hidden)) {
    require_exec(word, "use the SDK");
    tell_strangers_at(words.common.store(), word);
    return {fs::canonical(word), std_of(words, word)};
  }
  UseWords use = words;
  use.release.project = directory_of(words);
  const UsedSdk used = sdk_in_store(use, word);
  return {used.path, askable(used.compiled_std)};
}

StepCache compile_cache(const CompileWords& words) {
  return StepCache(words.cache ? fs::absolute(*words.cache) : default_compile_cache());
}

ProgramQuery query_named(const CompileWords& words, const fs::path& sdk) {
  ProgramQuery query;
  query.directory = directory_of(words).string();
  query.packages = words.common.arguments.words;
  if (query.packages.empty()) query.packages = {"."};
  query.port = port_named(words, sdk);
  return query;
}

ProgramRequest program_request(const CompileWords& words, const CompileSdk& sdk, ProgramQuery query) {
  ProgramRequest request;
  // programs of another port take nothing of it (relink)
  if (query.port == port_of_sdk(sdk.path)) request.compiled_std = sdk.compiled_std;
  query.sdk = sdk.path.string();
  if (!words.tags.empty()) query.tags = split_tags(words.tags.back());  // the last one counts
  query.mod = words.mod.value_or("");
  query.mod_file = words.mod_file.value_or("");
  query.build_mode =
      settled_build_mode(words.common, words.features, words.profile.fallback, query.port, sdk.path);
  query.offline = words.common.offline();
  query.fresh = words.fresh;
  request.options.compiler_flags = compiler_flags_of(words, query.directory);
  request.options.assembler_flags = flags_of("asmflags", words.assembler_flags, query.directory);
  request.options.linker_flags = flags_of("ldflags", words.linker_flags, query.directory);
  request.options.strip = words.strip;
  request.options.definitions = words.definitions;
  request.query = std::move(query);
  request.pgo = words.pgo.value_or("auto");
  request.outputs.last = last_stage(words);
  request.outputs.out = words.out;
  request.outputs.contract = words.contract;
  request.outputs.ssa_of = words.ssa_of;
  if (words.ssa_out) request.outputs.ssa_out = *words.ssa_out;
  return request;
}

PreparedProgram prepare_program(const CompileWords& words, const StepCache& cache,
                                const ProgramRequest& request) {
  try {
    return prepare_program(request, cache);
  } catch (const Error& error) {
    const std::string advice =
        newer_go_advice(error.why(), words.common.releases(), request.query.port.text());
    if (advice.empty()) throw;
    throw Error(error.doing(), error.why(), advice, error.code());
  }
}

}  // namespace gostrap
