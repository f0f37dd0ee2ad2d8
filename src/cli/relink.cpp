// gostrap relink: one of Go's own commands, made again from the SDK's source for any port, without the rest.
#include "cli/compile_request.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "program/read_program.hpp"
#include "sdk/manifest.hpp"
#include "support/error.hpp"
#include "support/files.hpp"

#include <iostream>

namespace gostrap {
namespace {

void say_what_it_is(const std::string& name, const fs::path& sdk, const Port& port) {
  if (name == "go") {
    std::cerr << "gostrap: this go has no GOROOT of its own: set the variable GOROOT where it runs, to a "
                 "toolchain for "
              << port.text() << " (gostrap build " << port.text()
              << " --hosted) if it is to compile there.\n";
  }
  std::error_code hidden;
  if (port == read_manifest_head(sdk).hosted_on && fs::exists(goroot_of(sdk) / "bin" / name, hidden)) {
    std::cerr << "gostrap: these are not the bytes of the SDK's own bin/" << harmless(name)
              << ": make.bash gave that one a build ID, and a symbol table without debug information.\n";
  }
}

struct RelinkWords : CompileWords {
  std::optional<std::string> port;

  void declare(Options& options) {
    CompileWords::declare(options);
    options.add("for", "the port on which it will run", "PORT", port);
  }
};

ExitCode relink(const RelinkWords& words) {
  const std::string name = words.common.arguments.one("command of Go's, such as go");
  if (!words.port) throw UsageError("--for PORT is missing: where the command will run");
  const CompileSdk named = sdk_named(words);
  const fs::path& sdk = named.path;
  ProgramQuery query;
  query.port = parse_port(*words.port);
  query.directory =
      fs::canonical(goroot_of(sdk)).string();  // in no module: a command is then what it is in a release
  query.packages = {"cmd/" + name};
  std::error_code hidden;
  if (!fs::is_directory(fs::path(query.directory) / "src" / "cmd" / name, hidden))
    throw UsageError("the SDK has no source of a command called \"" + name + "\"");
  const StepCache cache = compile_cache(words);
  const ProgramRequest request = program_request(words, named, std::move(query));
  const PreparedProgram prepared = prepare_program(words, cache, request);
  const ExitCode code = compile_prepared(words, request.outputs, cache, prepared);
  if (code == ExitCode::done && fs::is_regular_file(prepared.output)) {
    const std::optional<ProgramFacts> facts = read_elf_file(prepared.output);
    if (facts && !facts->is_static())
      throw Error("make a static " + name,
                  "it needs " + (facts->needed.empty() ? facts->interpreter : facts->needed.front()));
  }
  if (code == ExitCode::done) say_what_it_is(name, sdk, prepared.recipe.target.port);
  return code;
}

}  // namespace

const Verb relink_verb{
    .name = "relink",
    .arguments = "COMMAND --for PORT [-o OUT] [OPTIONS]",
    .summary = "make one of Go's own commands for another port",
    .help =
        "Makes one of Go's own commands (go, gofmt, asm, vet, …) for another port out of the "
        "source in an SDK, static,\n"
        "without building a toolchain. No GOROOT is in a go command so made: it takes the one that "
        "the variable GOROOT\n"
        "names where it runs, and needs tools for there in it to compile; what only reads or lists "
        "packages works with the\n"
        "source alone. It is not the command of the published toolchain byte for byte, with --strip or "
        "without: make.bash gives\n"
        "that one a build ID, and a symbol table without debug information.\n",
    .brief = "COMMAND --for PORT",
    .examples = {{{"gostrap relink go --for linux/arm64 -o go", "the go command for another port"}}},
    .bind = bind<RelinkWords, relink>,
};

}  // namespace gostrap
