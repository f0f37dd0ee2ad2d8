#include "compile/outputs.hpp"

#include "support/hash.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Port linux_port{"linux", "arm64"};

GoPackage package(const std::string& import_path, const std::string& name = "main") {
  GoPackage made;
  made.import_path = import_path;
  made.name = name;
  return made;
}

std::string name_of(const std::string& import_path) {
  return program_name(package(import_path));
}

/// A program of one package and one link, whose results are in the cache.
struct Linked {
  explicit Linked(const Scratch& scratch) : cache(scratch / "cache"), hashes(scratch / "hashes") {
    add("m.a/x", "m.a/x.a", "archive", scratch);
    add("link", "program", "a program", scratch);
    recipe.steps.back().links = true;
    recipe.output = "program";
  }

  void add(const std::string& name, const std::string& output, const std::string& text,
           const Scratch& scratch) {
    RecipeStep step;
    step.name = name;
    step.output = output;
    recipe.steps.push_back(step);
    StepReport report;
    report.result.output = hex(sha256(text));
    const std::string key(64, static_cast<char>('a' + static_cast<char>(reports.size())));
    cache.store(key, report.result, scratch.file("work/" + name, text));
    reports.push_back(report);
  }

  std::vector<fs::path> write(const WantedOutputs& wanted, const fs::path& output) {
    return write_outputs(wanted, {"sdk", output, recipe, reports, {}}, cache, hashes);
  }

  StepCache cache;
  FileHashes hashes;
  Recipe recipe;
  std::vector<StepReport> reports;
};

}  // namespace

TEST_CASE("a program is called as the go command would call it") {
  CHECK(name_of("example.com/cmd/server") == "server");
  CHECK(name_of("example.com/tool/v2") == "tool");
  CHECK(name_of("example.com/tool/v1") == "v1");
  CHECK(name_of("example.com/tool/v0") == "v0");
  CHECK(name_of("example.com/tool/v2beta") == "v2beta");
  CHECK(name_of("v3") == "v3");
  GoPackage files = package("command-line-arguments");
  CHECK(program_name(files) == "a");
  files.go_files = {"main.go", "other.go"};
  CHECK(program_name(files) == "main");
}

TEST_CASE("without a place a program goes here, and a library's archive too") {
  CHECK(output_of({}, package("m/server"), linux_port) == fs::current_path() / "server");
  CHECK(output_of({}, package("m/server"), {"windows", "amd64"}) == fs::current_path() / "server.exe");
  CHECK(output_of({}, package("m/lib", "lib"), linux_port) == fs::current_path() / "lib.a");
}

TEST_CASE("a place is the program's own, unless it is a directory") {
  const Scratch scratch;
  WantedOutputs wanted;
  wanted.out = (scratch / "here").string();
  CHECK(output_of(wanted, package("m/server"), linux_port) == scratch / "here");
  CHECK(output_of(wanted, package("m/lib", "lib"), linux_port) == scratch / "here");
  wanted.out = scratch.path().string();
  CHECK(output_of(wanted, package("m/server"), linux_port) == scratch / "server");
  wanted.out = (scratch / "new").string() + "/";
  CHECK(output_of(wanted, package("m/server"), linux_port) == scratch / "new/server");
  CHECK(error_of([&] { output_of(wanted, package("m/lib", "lib"), linux_port); }) ==
        "no main packages to build: m/lib is a library, and -o a directory\nName a file for its archive: -o "
        "lib.a");
}

TEST_CASE("archives of the packages need a directory that is named") {
  WantedOutputs wanted;
  wanted.last = LastStage::compile;
  CHECK(
      contains(error_of([&] { output_of(wanted, package("m"), linux_port); }), "--stop-after needs -o DIR"));
  wanted.out = "out";
  CHECK(output_of(wanted, package("m"), linux_port) == fs::current_path() / "out");
}

TEST_CASE("an output that is an input of the program is refused") {
  const Scratch scratch;
  FileHashes hashes(scratch / "hashes");
  const fs::path source = scratch.file("main.go", "package main");
  hashes.of_input(source.string());
  scratch.link("link.html", "main.go");
  WantedOutputs wanted;
  CHECK(contains(error_of([&] { require_outputs(wanted, source, hashes); }),
                 "the program is made of it\nName another file with -o."));
  wanted.ssa_of = "main.main";
  wanted.ssa_out = scratch / "link.html";
  CHECK(contains(error_of([&] { require_outputs(wanted, scratch / "program", hashes); }),
                 "Name another file with --ssa-out."));
  wanted.ssa_out = scratch / "ssa.html";
  CHECK(error_of([&] { require_outputs(wanted, scratch / "program", hashes); }) == "");
}

TEST_CASE("two outputs with one name are refused") {
  const Scratch scratch;
  const FileHashes hashes(scratch / "hashes");
  WantedOutputs wanted;
  wanted.contract = scratch.path();
  CHECK(error_of([&] { require_outputs(wanted, scratch / "replay.sh", hashes); }) ==
        "--contract and -o name the same file, " + (scratch / "replay.sh").string());
  CHECK(error_of([&] { require_outputs(wanted, scratch / "./program", hashes); }) == "");
}

TEST_CASE("a program is put in its place, and may be run") {
  const Scratch scratch;
  Linked program(scratch);
  const fs::path out = scratch / "new/server";
  CHECK(program.write({}, out) == std::vector<fs::path>{out});
  CHECK(read_file(out) == "a program");
  CHECK((fs::status(out).permissions() & fs::perms::owner_exec) != fs::perms::none);
}

TEST_CASE("archives are put by import path, none of them where a directory has to be") {
  const Scratch scratch;
  Linked program(scratch);
  WantedOutputs wanted;
  wanted.last = LastStage::compile;
  const fs::path out = scratch / "archives";
  CHECK(program.write(wanted, out) == std::vector<fs::path>{out});
  CHECK(read_file(out / "m.a!/x.a") == "archive");
  CHECK(read_file(out / "importcfg.link") == "packagefile m.a/x=" + (out / "m.a!/x.a").string() + "\n");
  CHECK(!fs::exists(out / "program"));
}

TEST_CASE("what the cache has of a program is held against its hash before it is there") {
  const Scratch scratch;
  Linked program(scratch);
  const fs::path blob = program.cache.blob(program.reports.back().result.output);
  fs::permissions(blob, fs::perms::owner_all);
  std::ofstream(blob) << "a PROGRAM";
  CHECK(contains(error_of([&] { program.write({}, scratch / "server"); }),
                 "what the compile cache has of it is damaged"));
  CHECK(!fs::exists(scratch / "server"));
  CHECK(!fs::exists(blob));
}
