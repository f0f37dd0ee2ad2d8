// The recipe of a program: one step a package and one for the link, each with exact commands, files to write
// and inputs. All paths are symbolic (named_roots.hpp), so that the same program gives the same recipe
// wherever its sources lie.
#pragma once

#include "compile/go_list.hpp"
#include "compile/named_roots.hpp"
#include "compile/package_flags.hpp"
#include "compile/target.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace gostrap {

enum class LastStage { compile, assemble, link };

/// A command of a step. argv[0] is a tool of the SDK, or "pack" or "cp", which we do ourselves (cmd/go does
/// so too, and SDKs from 1.25 on have no pack): `pack ARCHIVE OBJECT…` appends, `cp FROM TO` copies.
struct ToolCommand {
  std::vector<std::string> argv;
  std::string directory;                                         ///< where it runs
  std::vector<std::pair<std::string, std::string>> environment;  ///< beside the recipe's own
};

struct WrittenFile {
  std::string path, text;
};

struct RecipeStep {
  std::string name;                ///< the import path, "pgo" or "link"
  std::vector<std::size_t> needs;  ///< steps whose output it reads, by index; they stand before it
  std::vector<WrittenFile> files;  ///< written before the commands run
  std::vector<ToolCommand> commands;
  std::vector<std::string> inputs;  ///< files that it reads, but for tools and other steps' outputs
  std::string output;
  bool links = false;        ///< reads whole archives, where a compilation reads export data only
  bool plain_std = false;    ///< one of std's packages, as `go build -trimpath` alone compiles it
  std::string object_place;  ///< its own directory below ${WORK}
};

struct RecipeOptions {
  std::string tool_directory;  ///< of the SDK
  std::string build_mode;      ///< "", "exe" or "pie"
  std::vector<std::string> tags;
  std::string pgo;  ///< an absolute path, or empty for none
  PackageFlags compiler_flags, assembler_flags, linker_flags;
  bool strip = false;
  std::vector<std::string> definitions;  ///< -X: "main.version=1.2"
  std::string module_cache;              ///< where checksums of modules are found
  LastStage last = LastStage::link;
};

struct Recipe {
  Target target;
  NamedRoots roots;  ///< SDK, WORK, SRC, MODCACHE and DIR1, DIR2, …
  std::vector<std::pair<std::string, std::string>> environment;  ///< of every command
  std::vector<RecipeStep> steps;
  std::string main_package;  ///< import path of what was asked for
  std::string build_info;    ///< of a program
  std::string output;        ///< symbolic: the program, or the archive of a package that is none
};

/// The linker's symbol of a function, "fmt.Fprintf" or "net/http.(*Server).Serve", belongs to which step?
/// Throws UsageError, naming what is near.
std::size_t step_of_symbol(const Recipe& recipe, const std::string& symbol);

}  // namespace gostrap
