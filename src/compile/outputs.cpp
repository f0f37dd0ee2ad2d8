#include "compile/outputs.hpp"

#include "compile/contract.hpp"
#include "compile/replay.hpp"
#include "compile/view.hpp"
#include "support/error.hpp"
#include "support/files.hpp"
#include "support/hash.hpp"
#include "support/output_file.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace gostrap {
namespace {

/// Writes what the cache has under a hash to OUT, unless it is there already.
void put(const StepCache& cache, const std::string& hash, const fs::path& out, bool executable,
         FileHashes& hashes) {
  const fs::path made = cache.blob(hash);
  std::error_code hidden;
  if (fs::is_regular_file(out, hidden) && fs::file_size(out, hidden) == fs::file_size(made, hidden) &&
      hashes.of(out) == hash && (!executable || is_executable(out)))
    return;
  // of what a link leads to, the directory is its owner's business
  if (!fs::is_symlink(out, hidden)) make_directories(out.parent_path());
  OutputFile file(out, executable ? FileUse::program : FileUse::data);
  Sha256 digest;
  read_in_pieces(made, [&](std::string_view piece) {
    digest.update(piece);
    file.write(piece);
  });
  if (hex(digest.finish()) != hash) {
    cache.drop(hash);
    throw Error("write " + out.string(), "what the compile cache has of it is damaged, and now removed",
                "Run it again: it is made anew.");
  }
  file.commit();
}

/// A file and a directory cannot have one name: of m and m.a/x the one below is written m.a!/x.a.
std::string archive_name(const std::string& import_path) {
  std::string name;
  for (const char each : import_path) {
    if (each == '/' && name.ends_with(".a")) name += '!';
    name += each;
  }
  return name + ".a";
}

/// The archives by import path, and what a linker needs to find them.
void put_archives(const CompiledProgram& compiled, const StepCache& cache, FileHashes& hashes) {
  std::string config;
  for (std::size_t i = 0; i < compiled.reports.size(); ++i) {
    const RecipeStep& step = compiled.recipe.steps[i];
    if (!step.output.ends_with(".a")) continue;
    const fs::path out = compiled.output / archive_name(step.name);
    put(cache, compiled.reports[i].result.output, out, false, hashes);
    config += "packagefile " + step.name + "=" + out.string() + "\n";
  }
  write_output(compiled.output / "importcfg.link", config);
}

void require_no_input(const FileHashes& hashes, const fs::path& place, const std::string& option) {
  std::error_code hidden;
  const std::optional<FileStamp> there = stamp_of(place.string());
  if (!there) return;
  for (const auto& [path, stamp] : hashes.input_stamps()) {
    if (stamp.inode != there->inode || !fs::equivalent(path, place, hidden)) continue;
    throw Error("write " + place.string(), "the program is made of it",
                "Name another file with " + option + ".");
  }
}

}  // namespace

std::string program_name(const GoPackage& package) {  // cmd/go/internal/load, DefaultExecName
  if (package.import_path == "command-line-arguments")
    return package.go_files.empty() ? "a" : fs::path(package.go_files.front()).stem().string();
  const fs::path path = package.import_path;
  const std::string last = path.filename().string();
  const bool is_version = last.size() > 1 && last.front() == 'v' &&
                          last.find_first_not_of("0123456789", 1) == std::string::npos && last[1] != '0' &&
                          last != "v1";
  const bool has_more = path.has_parent_path();
  return is_version && has_more ? path.parent_path().filename().string() : last;
}

fs::path output_of(const WantedOutputs& wanted, const GoPackage& package, const Port& port) {
  std::string name = program_name(package);
  if (wanted.last != LastStage::link) {
    if (!wanted.out) throw Error({}, "--stop-after needs -o DIR: where the archives of the packages go");
    return fs::absolute(*wanted.out);
  }
  name += package.name == "main" ? program_suffix(port) : ".a";
  if (wanted.out.value_or("").empty()) return fs::current_path() / name;
  const fs::path out = fs::absolute(*wanted.out);
  std::error_code hidden;
  if (!fs::is_directory(out, hidden) && !wanted.out->ends_with("/")) return out;
  if (package.name != "main")
    throw Error({}, "no main packages to build: " + package.import_path + " is a library, and -o a directory",
                "Name a file for its archive: -o " + name);
  return out / name;
}

void require_outputs(const WantedOutputs& wanted, const fs::path& output, const FileHashes& hashes) {
  std::error_code hidden;
  std::vector<std::pair<fs::path, std::string>> places;
  if (wanted.last == LastStage::link) {
    if (fs::exists(output.parent_path(), hidden)) require_output_place(output);
    places.emplace_back(output, "-o");
  }
  if (wanted.ssa_of) {
    require_output_place(wanted.ssa_out);
    places.emplace_back(fs::absolute(wanted.ssa_out), "--ssa-out");
  }
  if (wanted.contract) {
    for (const char* name : {"contract.json", "replay.sh"})
      places.emplace_back(fs::absolute(*wanted.contract) / name, "--contract");
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& [place, option] = places[i];
    require_no_input(hashes, place, option);
    for (std::size_t other = 0; other < i; ++other) {
      if (places[other].first.lexically_normal() == place.lexically_normal())
        throw Error({}, option + " and " + places[other].second + " name the same file, " + place.string());
    }
  }
}

std::vector<fs::path> write_outputs(const WantedOutputs& wanted, const CompiledProgram& compiled,
                                    const StepCache& cache, FileHashes& hashes) {
  const auto& [sdk, output, recipe, reports, work] = compiled;
  std::vector<fs::path> written{output};
  if (wanted.last != LastStage::link) {
    put_archives(compiled, cache, hashes);
  } else {
    for (std::size_t i = 0; i < reports.size(); ++i) {
      if (recipe.steps[i].output != recipe.output) continue;
      put(cache, reports[i].result.output, output, recipe.steps[i].links, hashes);
    }
  }
  if (wanted.contract) {
    const fs::path directory = fs::absolute(*wanted.contract);
    make_directories(directory);
    const Json contract = contract_json(recipe, reports, {sdk, output}, hashes);
    write_output(directory / "contract.json", to_text(contract));
    write_output(directory / "replay.sh", replay_script(contract), FileUse::program);
    written.push_back(directory / "contract.json");
    written.push_back(directory / "replay.sh");
  }
  if (wanted.ssa_of) {
    const fs::path out = fs::absolute(wanted.ssa_out);
    write_output(out, view_function(recipe, reports, *wanted.ssa_of, View::ssa,
                                    {.work = work, .hashes = hashes, .cache = cache}));
    written.push_back(out);
  }
  return written;
}

}  // namespace gostrap
