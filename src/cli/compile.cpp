// gostrap compile: a program by the SDK's compile, asm and link, without the go command's own build.
#include "compile/compile.hpp"

#include "cli/compile_request.hpp"
#include "cli/mistaken_words.hpp"
#include "cli/safe_streams.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "compile/contract.hpp"
#include "compile/plain_places.hpp"
#include "compile/view.hpp"
#include "program/read_program.hpp"
#include "support/error.hpp"
#include "support/output_file.hpp"
#include "support/process.hpp"
#include "support/stage.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <iostream>

namespace gostrap {
namespace {

const char* state_text(StepReport::State state) {
  switch (state) {
    case StepReport::State::made:
      return "made";
    case StepReport::State::cached:
      return "cached";
    case StepReport::State::taken:
      return "taken from the compiled std";
    case StepReport::State::failed:
      return "failed";
    case StepReport::State::left_out:
      break;
  }
  return "left out";
}

Json to_json(const Recipe& recipe, const std::vector<StepReport>& reports) {
  Json steps = Json::array();
  for (std::size_t i = 0; i < reports.size(); ++i) {
    Json step;
    step["name"] = recipe.steps[i].name;
    step["state"] = state_text(reports[i].state);
    step["key"] = reports[i].key;
    step["sha256"] = reports[i].result.output;
    step["seconds"] = reports[i].result.seconds;
    if (!reports[i].exit.empty()) step["exit"] = reports[i].exit;
    if (!reports[i].log.empty()) step["log"] = reports[i].log;
    steps.push_back(std::move(step));
  }
  return steps;
}

/// What the compiler had to say, also where the cache remembers it.
void print_words(const Recipe& recipe, const std::vector<StepReport>& reports) {
  for (std::size_t i = 0; i < reports.size(); ++i) {
    if (reports[i].state == StepReport::State::failed || reports[i].result.log.empty()) continue;
    std::cerr << "# " << harmless(recipe.steps[i].name) << "\n" << harmless(reports[i].result.log);
  }
}

/// Most who compile for a board want a static program, and not every way to a dynamic one looks like it.
void say_if_dynamic(const fs::path& program) {
  std::error_code hidden;
  if (!fs::is_regular_file(program, hidden)) return;
  const std::optional<ProgramFacts> facts = read_elf_file(program);
  if (!facts || !facts->startable || facts->is_static()) return;
  std::cerr << "gostrap: " << harmless(program.string()) << " is not static: it needs "
            << harmless(facts->interpreter.empty() ? facts->needed.front() : facts->interpreter)
            << " where it runs (without -buildmode=pie and the like it would be static)\n";
}

/// Trouble with a place in the cache is said with what helps there.
template <typename Work>
auto in_cache(const StepCache& cache, const Work& work) {
  try {
    return work();
  } catch (const Error& error) {
    const bool there = error.doing().find(cache.root().string()) != std::string::npos;
    if (!there || (error.next() != advice(ENOSPC) && error.next() != advice(EROFS))) throw;
    throw cache_error(error, cache.root());
  }
}

/// The program is made and in its place: what would only have made the next run quicker is said, and no
/// failure.
void save_what_was_learned(const StepCache& cache, FileHashes& hashes) {
  try {
    hashes.save();
    cache.prune_sometimes(compile_cache_limit);
  } catch (const Error& error) {
    std::cerr << "gostrap: " << harmless(cache_error(error, cache.root()).what()) << "\n";
  }
}

}  // namespace

ExitCode compile_prepared(const CompileWords& words, const WantedOutputs& outputs, const StepCache& cache,
                          const PreparedProgram& prepared) {
  Recipe recipe = prepared.recipe;
  FileHashes& hashes = *prepared.hashes;
  const TemporaryDirectory held(cache.prepare());
  PlainPlaces places;
  for (const auto& [name, directory] : prepared.recipe.roots.all())
    recipe.roots.reach_by(name, places.of(directory));
  const fs::path work = places.of(held.path());
  const std::unique_ptr<PlanProgress> plan = words.common.progress();
  plan->expect(1);
  const std::shared_ptr<Progress> progress = plan->begin("");
  CompileOptions options;
  options.jobs = words.jobs.jobs();
  options.fresh = words.fresh;
  CompileContext context{.work = work, .hashes = hashes, .cache = cache};
  if (prepared.std_source) context.std_source = &*prepared.std_source;
  const std::vector<StepReport> reports =
      in_cache(cache, [&] { return follow(recipe, context, options, *progress); });
  print_words(recipe, reports);
  const std::optional<Error> failure = failure_of(recipe, reports);
  if (failure) {
    if (words.common.json) print_json(Json{{"program", nullptr}, {"steps", to_json(recipe, reports)}});
    const std::string advice = linker_advice(failure->why());
    throw Error(failure->doing(), failure->why(),
                advice.empty() ? failure->next() : advice + "\n  " + failure->next());
  }
  const CompiledProgram compiled{prepared.sdk, prepared.output, recipe, reports, work};
  const std::vector<fs::path> written = write_outputs(outputs, compiled, cache, hashes);
  if (words.assembly_of)
    std::cout << view_function(recipe, reports, *words.assembly_of, View::assembly,
                               {.work = work, .hashes = hashes, .cache = cache});
  say_if_dynamic(written.front());
  save_what_was_learned(cache, hashes);
  if (words.common.json) {
    Json json;
    json["program"] = written.front().string();
    json["sdk"] = prepared.sdk.string();
    json["port"] = recipe.target.port.text();
    json["package"] = recipe.main_package;
    json["size"] = fs::is_regular_file(written.front()) ? fs::file_size(written.front()) : 0;
    json["remembered"] = prepared.remembered;
    json["steps"] = to_json(recipe, reports);
    print_json(json);
  } else if (!words.assembly_of && std::none_of(written.begin(), written.end(), is_standard_output)) {
    // else standard output is the listing, or the program itself
    for (const fs::path& path : written) std::cout << exact(path.string()) << "\n";
  }
  return ExitCode::done;
}

namespace {

/// go build compiles C for the machine's own port where it finds a compiler, and says so in every program.
void say_where_cgo_would_be(const Port& port) {
  const std::string asked = environment_value("CGO_ENABLED").value_or("");
  const bool own = port == own_port() && asked != "0";
  const std::string compiler = environment_value("CC").value_or("gcc");
  const bool found = own && find_program(compiler.substr(0, compiler.find(' '))).has_value();
  if (asked != "1" && !found) return;
  std::cerr
      << "gostrap: made as with CGO_ENABLED=0: no C is compiled, where go build would have CGO_ENABLED=1 ("
      << (asked == "1" ? "it is in the environment" : harmless(compiler) + " is on PATH") << ").\n";
}

/// Who hands a build mode to the linker may take the program for static.
void say_what_it_needs(const CompileWords& words, const fs::path& program) {
  bool wanted = !words.features.build_mode.value_or("").empty();
  for (const std::string& flags : words.linker_flags)
    wanted = wanted || flags.find("mode") != std::string::npos;
  std::error_code hidden;
  if (!wanted || !fs::is_regular_file(program, hidden) || words.stop_after) return;
  const std::optional<ProgramFacts> facts = read_elf_file(program);
  if (!facts || facts->is_static()) return;
  std::cerr << "gostrap: " << harmless(program.string()) << " is not static: it needs "
            << harmless(facts->needed.empty() ? facts->interpreter : facts->needed.front())
            << " where it runs.\n";
}

ExitCode check_contract(const CompileWords& words) {
  std::vector<std::pair<std::string, std::string>> roots;
  for (const std::string& text : words.roots) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) throw UsageError("--root takes NAME=DIR, not \"" + text + "\"");
    roots.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  const JsonDocument contract(read_file(*words.check), *words.check);
  const std::vector<std::string> broken = broken_promises(contract.view(), roots);
  if (words.common.json) {
    print_json(Json{{"contract", *words.check}, {"holds", broken.empty()}, {"broken", broken}});
  } else if (broken.empty()) {
    std::cout << "everything is as the contract says\n";
  }
  if (!words.common.json) {
    for (const std::string& promise : broken) std::cout << on_one_line(promise) << "\n";
  }
  return broken.empty() ? ExitCode::done : ExitCode::difference;
}

ExitCode compile(const CompileWords& words) {
  if (words.check) return check_contract(words);
  const StepCache cache = compile_cache(words);
  const CompileSdk sdk = sdk_named(words);
  const ProgramRequest request = program_request(words, sdk, query_named(words, sdk.path));
  const PreparedProgram prepared = prepare_program(words, cache, request);
  const ExitCode code = compile_prepared(words, request.outputs, cache, prepared);
  if (code == ExitCode::done) {
    say_where_cgo_would_be(prepared.recipe.target.port);
    say_what_it_needs(words, prepared.output);
  }
  return code;
}

}  // namespace

const Verb compile_verb{
    .name = "compile",
    .arguments = "[PKG|FILE.go…] --sdk PORT [-o OUT] [OPTIONS]",
    .summary = "make a program by the SDK's compiler and linker themselves",
    .help =
        "Makes a program (default: of the package in this directory) by running the SDK's "
        "compile, asm and link\n"
        "with explicit import configurations: every package one step, in parallel, cached by "
        "content. The program\n"
        "is what `go build -trimpath -buildvcs=false -ldflags=-buildid=` of the same SDK makes, "
        "byte for byte,\n"
        "with CGO_ENABLED=0: no C is compiled, also where go build would take a C compiler that is on "
        "PATH (this\n"
        "machine's own port). A package that needs C is refused by name: go build of an SDK with --cgo makes "
        "it.\n"
        "PKG is a package as the go command names it, or Go files of one.\n",
    .brief = "[PKG] --sdk PORT",
    .examples = {{{"gostrap compile ./cmd/server --sdk arm64 --strip -o server", "for a board, static"},
                  {"gostrap compile . --sdk arm64 --ssa main.handle",
                   "and ssa.html: every pass of the compiler over one function"},
                  {"gostrap compile . --sdk arm64 --contract out", "with all that went in and came out"},
                  {"gostrap compile --check out/contract.json",
                   "what of tools, sources and program has changed"}}},
    .bind = bind<CompileWords, compile>,
};

}  // namespace gostrap
