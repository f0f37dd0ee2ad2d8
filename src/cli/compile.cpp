// gostrap compile: a program by the SDK's compile, asm and link, without the go command's own build.
#include "direct/compile.hpp"

#include "cli/compile_request.hpp"
#include "cli/safe_streams.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "direct/contract.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace gostrap {
namespace {

const char* state_text(StepReport::State state) {
  switch (state) {
    case StepReport::State::made:
      return "made";
    case StepReport::State::cached:
      return "cached";
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

}  // namespace

ExitCode compile_prepared(const CommandLine& line, const StepCache& cache, const PreparedProgram& prepared) {
  const Recipe& recipe = prepared.recipe;
  FileHashes hashes(cache.root() / "hashes");
  make_directories(cache.root() / "work");
  const TemporaryDirectory work(cache.root() / "work");
  const std::unique_ptr<PlanProgress> plan = line.progress();
  plan->expect(1);
  const std::shared_ptr<Progress> progress = plan->begin("");
  CompileOptions options;
  options.jobs = line.jobs();
  options.fresh = line.has("fresh");
  const std::vector<StepReport> reports = follow(recipe, work.path(), hashes, cache, options, *progress);
  print_words(recipe, reports);
  const std::optional<Error> failure = failure_of(recipe, reports);
  if (failure) {
    if (line.json()) print_json(Json{{"program", nullptr}, {"steps", to_json(recipe, reports)}});
    throw Error(*failure);
  }
  const std::vector<fs::path> written = write_results(line, prepared, reports, cache, hashes, work.path());
  hashes.save();
  cache.prune_sometimes(compile_cache_limit);
  if (line.json()) {
    Json json;
    json["program"] = written.front().string();
    json["sdk"] = prepared.sdk.string();
    json["port"] = recipe.target.port.text();
    json["package"] = recipe.main_package;
    json["size"] = fs::is_regular_file(written.front()) ? fs::file_size(written.front()) : 0;
    json["remembered"] = prepared.remembered;
    json["steps"] = to_json(recipe, reports);
    print_json(json);
  } else if (!line.has("asm")) {  // then standard output is the listing
    for (const fs::path& path : written) std::cout << exact(path.string()) << "\n";
  }
  return ExitCode::done;
}

namespace {

ExitCode check_contract(const CommandLine& line) {
  std::vector<std::pair<std::string, std::string>> roots;
  for (const std::string& text : line.texts("root")) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) throw UsageError("--root takes NAME=DIR, not \"" + text + "\"");
    roots.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  const JsonDocument contract(read_file(line.text("check")), line.text("check"));
  const std::vector<std::string> broken = broken_promises(contract.view(), roots);
  if (line.json()) {
    print_json(Json{{"contract", line.text("check")}, {"holds", broken.empty()}, {"broken", broken}});
  } else if (broken.empty()) {
    std::cout << "everything is as the contract says\n";
  }
  if (!line.json()) {
    for (const std::string& promise : broken) std::cout << on_one_line(promise) << "\n";
  }
  return broken.empty() ? ExitCode::done : ExitCode::difference;
}

}  // namespace

ExitCode compile_verb(const Words& words) {
  CommandLine line("compile [PKG] --sdk PORT [-o OUT] [OPTIONS]",
                   "Makes a program (default: of the package in this directory) by running the SDK's "
                   "compile, asm and link\n"
                   "with explicit import configurations: every package one step, in parallel, cached by "
                   "content. The program\n"
                   "is what `go build -trimpath -buildvcs=false -ldflags=-buildid=` of the same SDK makes, "
                   "byte for byte.\n"
                   "PKG is a package as the go command names it, or files of one. C is not covered.\n");
  add_compile_options(line);
  if (!line.parse(words)) return ExitCode::done;
  if (line.has("check")) return check_contract(line);
  const StepCache cache = compile_cache(line);
  return compile_prepared(line, cache, prepare_program(line, cache));
}

}  // namespace gostrap
