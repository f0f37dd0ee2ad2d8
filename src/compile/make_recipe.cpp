#include "compile/make_recipe.hpp"

#include "compile/embed.hpp"
#include "compile/included.hpp"
#include "compile/link_step.hpp"
#include "compile/program_info.hpp"
#include "program/build_info.hpp"
#include "support/error.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

namespace gostrap {
namespace {

namespace fs = std::filesystem;

void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// A directory for what is made of a package: one level, so that no package's lies in another's.
std::string place_of(const std::string& import_path) {
  std::string name = import_path;
  std::replace(name.begin(), name.end(), '/', '!');
  return "${WORK}/" + literal(name);
}

/// Packages of the standard library that declare functions which the runtime provides
/// (cmd/go/internal/work/gc.go).
bool has_bodies_elsewhere(const GoPackage& package) {
  static const std::set<std::string> names{"bytes",           "internal/poll", "net",           "os",
                                           "runtime/metrics", "runtime/pprof", "runtime/trace", "sync",
                                           "syscall",         "time"};
  return package.standard && names.contains(package.import_path);
}

class RecipeMaker {
 public:
  RecipeMaker(const std::vector<GoPackage>& packages, NamedRoots roots, const RecipeOptions& options,
              Recipe& recipe)
      : packages_(packages), options_(options), recipe_(recipe) {
    recipe.roots = std::move(roots);
    layout_ = layout_for(recipe.target.port, options.build_mode);
  }

  void make() {
    const GoPackage& root = find_root();
    recipe_.main_package = root.import_path;
    add_roots();
    set_environment();
    if (!options_.pgo.empty()) add_profile();
    weigh();
    std_is_plain_ = is_std_plain();
    for (const std::size_t index : order_) add_package(packages_[index]);
    recipe_.output = recipe_.steps[step_of_.at(root.import_path)].output;
    if (root.name == "main" && options_.last == LastStage::link) {
      recipe_.build_info = text(program_info(packages_, root, recipe_.target, options_, recipe_.roots));
      recipe_.steps.push_back(link_step(recipe_, root, layout_, tool("link"), options_));
      recipe_.output = recipe_.steps.back().output;
    }
  }

 private:
  const GoPackage& find_root() const {
    const GoPackage* root = nullptr;
    for (const GoPackage& package : packages_) {
      if (package.only_dependency) continue;
      if (root != nullptr) {
        throw UsageError("it makes one program at a time, and here are " + root->import_path + " and " +
                         package.import_path);
      }
      root = &package;
    }
    if (root == nullptr) throw UsageError("there is no package to compile");
    return *root;
  }

  /// Replaced and workspace modules lie anywhere: each becomes a root of its own.
  void add_roots() {
    for (const GoPackage& package : packages_) {
      if (recipe_.roots.cover(package.directory)) continue;
      std::string place = package.directory;
      if (package.module) {
        const GoModule& module = package.module->replacement ? *package.module->replacement : *package.module;
        if (!module.directory.empty()) place = module.directory;
      }
      recipe_.roots.add("DIR" + std::to_string(++others_), place);
    }
    if (!options_.pgo.empty() && !recipe_.roots.cover(options_.pgo))
      recipe_.roots.add("PGO", fs::path(options_.pgo).parent_path());
  }

  void set_environment() {
    recipe_.environment = {
        {"GOROOT", "${SDK}"}, {"GOOS", recipe_.target.port.goos}, {"GOARCH", recipe_.target.port.goarch}};
    if (!recipe_.target.feature.empty())
      recipe_.environment.emplace_back(recipe_.target.feature, recipe_.target.feature_value);
    if (!recipe_.target.experiment.empty())
      recipe_.environment.emplace_back("GOEXPERIMENT", recipe_.target.experiment);
    if (!recipe_.target.fips140.empty())
      recipe_.environment.emplace_back("GOFIPS140", recipe_.target.fips140);
    recipe_.environment.insert(
        recipe_.environment.end(),
        {{"CGO_ENABLED", "0"},
         {"GOGC", "400"},  // fewer collections in short-lived tools; the bits stay the same
         {"LC_ALL", "C"},
         {"TMPDIR", "${WORK}"}});
  }

  /// Orders the packages by the work that waits for each, the most first: what is on the longest way to the
  /// link is begun as soon as it can be. No package then stands before one that it needs.
  void weigh() {
    std::map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < packages_.size(); ++i) index[packages_[i].import_path] = i;
    std::vector<std::uint64_t> weight(packages_.size(), 0);
    for (std::size_t i = packages_.size(); i-- > 0;) {
      const GoPackage& package = packages_[i];
      std::uint64_t own = 1;
      std::error_code hidden;
      for (const std::string& file : package.go_files) {
        const std::uintmax_t size = fs::file_size(fs::path(package.directory) / file, hidden);
        if (!hidden) own += size;
      }
      weight[i] += own;
      for (const std::string& name : package.imports) {
        if (const auto there = index.find(name); there != index.end())
          weight[there->second] = std::max(weight[there->second], weight[i]);
      }
    }
    for (std::size_t i = 0; i < packages_.size(); ++i) {
      if (packages_[i].import_path != "unsafe") order_.push_back(i);
    }
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::size_t a, std::size_t b) { return weight[a] > weight[b]; });
  }

  std::string tool(const std::string& name) const {
    return recipe_.roots.symbolic(options_.tool_directory + "/" + name);
  }

  void add_profile() {
    RecipeStep step;
    step.name = "pgo";
    step.object_place = "${WORK}/pgo!";
    step.output = step.object_place + "/pgo.preprofile";
    const std::string profile = recipe_.roots.symbolic(options_.pgo);
    step.commands.push_back({{tool("preprofile"), "-o", step.output, "-i", profile}, step.object_place, {}});
    step.inputs = {profile};
    profile_ = step.output;
    recipe_.steps.push_back(step);
  }

  static PackageId id_of(const GoPackage& package) {
    return {package.import_path, package.directory, package.standard, !package.only_dependency};
  }

  static bool is_std_dependency(const GoPackage& package) {
    return package.standard && package.only_dependency && !package.import_path.starts_with("cmd/");
  }

  /// Whether no option changes what std's packages compile to: what is changed in one reaches all above it.
  bool is_std_plain() const {
    const bool plain = options_.tags.empty() && options_.pgo.empty() && options_.build_mode.empty() &&
                       options_.last != LastStage::compile;
    return plain && std::all_of(packages_.begin(), packages_.end(), [&](const GoPackage& package) {
             const PackageId id = id_of(package);
             return !is_std_dependency(package) ||
                    (options_.compiler_flags.of(id).empty() && options_.assembler_flags.of(id).empty());
           });
  }

  void add_package(const GoPackage& package) {
    if (!package.foreign_files.empty()) {
      throw UsageError(package.import_path + " needs a C compiler for " + package.foreign_files.front() +
                           ", and compile makes programs of Go alone",
                       "It is left to go build: gostrap exec PORT --cgo -- go build. A build tag may leave "
                       "that file out: --tags.");
    }
    RecipeStep step;
    step.name = package.import_path;
    step.object_place = place_of(package.import_path);
    step.output = step.object_place + "/pkg.a";
    if (!profile_.empty()) step.needs.push_back(0);
    const PackageId id = id_of(package);
    step.plain_std = std_is_plain_ && is_std_dependency(package);
    if (!package.assembly_files.empty()) add_symbol_abis(package, id, step);
    add_compile(package, id, step);
    if (options_.last != LastStage::compile) add_objects(package, id, step);
    for (const auto* names : {&package.go_files, &package.assembly_files, &package.header_files,
                              &package.object_files, &package.embed_files}) {
      for (const std::string& name : *names) step.inputs.push_back(in_package(package, name));
    }
    if (!package.assembly_files.empty()) append(step.inputs, headers());
    if (!package.assembly_files.empty() && !package.in_goroot) {
      for (const std::string& file : included_files(package, include_directories(id)))
        step.inputs.push_back(in_package(package, file));
    }
    step_of_[package.import_path] = recipe_.steps.size();
    recipe_.steps.push_back(std::move(step));
  }

  /// What every assembly file may include: textflag.h and others of the SDK.
  const std::vector<std::string>& headers() {
    if (!headers_.empty()) return headers_;
    const fs::path directory = recipe_.roots.actual("${SDK}/pkg/include");
    std::error_code hidden;
    for (const fs::directory_entry& entry : fs::directory_iterator(directory, hidden))
      headers_.push_back("${SDK}/pkg/include/" + literal(entry.path().filename().string()));
    std::sort(headers_.begin(), headers_.end());
    return headers_;
  }

  /// Where the user's -I let the assembler look, too.
  std::vector<std::string> include_directories(const PackageId& id) const {
    std::vector<std::string> directories;
    const std::vector<std::string> flags = options_.assembler_flags.of(id);
    for (std::size_t i = 0; i < flags.size(); ++i) {
      const std::string flag = flags[i].starts_with("--") ? flags[i].substr(1) : flags[i];
      if (flag == "-I" && i + 1 < flags.size()) directories.push_back(flags[++i]);
      if (flag.starts_with("-I=")) directories.push_back(flag.substr(3));
    }
    return directories;
  }

  std::string in_package(const GoPackage& package, const std::string& name) const {
    return recipe_.roots.symbolic(name.starts_with("/") ? name : package.directory + "/" + name);
  }

  static std::string path_for_tools(const GoPackage& package) {
    return package.name == "main" ? "main" : package.import_path;
  }

  /// What programs are told of where their sources lay: a module and its version, never a directory.
  std::string trim_rule(const GoPackage& package, const RecipeStep& step) const {
    // of named files the go command forgets the package: "./main.go"
    std::string shown = is_of_named_files(package) ? "." : package.import_path;
    if (!is_of_named_files(package) && package.module && !package.module->version.empty()) {
      shown = package.module->path + "@" + package.module->version;
      if (package.import_path.starts_with(package.module->path))
        shown += package.import_path.substr(package.module->path.size());
      else
        shown += package.import_path;
    }
    return recipe_.roots.symbolic(package.directory) + "=>" + literal(shown) + ";" + step.object_place + "=>";
  }

  std::vector<std::string> assembler(const GoPackage& package, const PackageId& id,
                                     const RecipeStep& step) const {
    std::vector<std::string> argv{tool("asm"),
                                  "-p",
                                  literal(path_for_tools(package)),
                                  "-trimpath",
                                  trim_rule(package, step),
                                  "-I",
                                  step.object_place,
                                  "-I",
                                  "${SDK}/pkg/include"};
    append(argv, assembler_defines(recipe_.target));
    // in go's own order flags of the layout and of the user stand between the first two defines and the
    // others
    std::vector<std::string> flags;
    if (!layout_.code_flag.empty()) flags.push_back(layout_.code_flag);
    for (const std::string& flag : options_.assembler_flags.of(id)) flags.push_back(literal(flag));
    append(argv, flags);
    return argv;
  }

  void add_symbol_abis(const GoPackage& package, const PackageId& id, RecipeStep& step) const {
    step.files.push_back({step.object_place + "/go_asm.h", ""});  // the parser only wants it to be there
    ToolCommand command{assembler(package, id, step), recipe_.roots.symbolic(package.directory), {}};
    append(command.argv, {"-gensymabis", "-o", step.object_place + "/symabis"});
    for (const std::string& name : package.assembly_files) command.argv.push_back(in_package(package, name));
    step.commands.push_back(std::move(command));
  }

  void add_compile(const GoPackage& package, const PackageId& id, RecipeStep& step) const {
    ToolCommand command{{tool("compile"), "-o", step.output, "-trimpath", trim_rule(package, step), "-p",
                         literal(path_for_tools(package)), "-lang=go" + language_for(package)},
                        recipe_.roots.symbolic(package.directory),
                        {}};
    std::vector<std::string>& argv = command.argv;
    if (package.standard) argv.emplace_back("-std");
    const bool complete = package.assembly_files.empty() && package.object_files.empty() &&
                          package.foreign_files.empty() && !has_bodies_elsewhere(package);
    if (complete) argv.emplace_back("-complete");
    if (!layout_.suffix.empty()) append(argv, {"-installsuffix", layout_.suffix});
    const Port& port = recipe_.target.port;
    if (port.goos == "plan9" || port.goarch == "wasm") argv.emplace_back("-dwarf=false");
    append(argv, {"-goversion", recipe_.target.go_version});
    if (!profile_.empty()) argv.push_back("-pgoprofile=" + profile_);
    if (!package.assembly_files.empty()) append(argv, {"-symabis", step.object_place + "/symabis"});
    argv.emplace_back("-c=4");
    if (!layout_.code_flag.empty()) argv.push_back(layout_.code_flag);
    for (const std::string& flag : options_.compiler_flags.of(id)) argv.push_back(literal(flag));
    argv.emplace_back("-nolocalimports");
    append(argv, {"-importcfg", step.object_place + "/importcfg"});
    step.files.push_back({step.object_place + "/importcfg", import_config(package, step)});
    const std::string embed = embed_config(package, recipe_.roots);
    if (!embed.empty()) {
      step.files.push_back({step.object_place + "/embedcfg", embed});
      append(argv, {"-embedcfg", step.object_place + "/embedcfg"});
    }
    argv.emplace_back("-pack");
    if (!package.assembly_files.empty()) append(argv, {"-asmhdr", step.object_place + "/go_asm.h"});
    for (const std::string& name : package.go_files) argv.push_back(in_package(package, name));
    step.commands.push_back(std::move(command));
  }

  std::string language_for(const GoPackage& package) const {
    if (!package.module) return language_of(recipe_.target.go_version);
    // a go.mod without a go line means this (cmd/go/internal/gover, DefaultGoModVersion)
    return package.module->go_version.empty() ? "1.16" : language_of(package.module->go_version);
  }

  std::string import_config(const GoPackage& package, RecipeStep& step) const {
    std::string text = "# import config\n";
    for (const auto& [from, to] : package.import_map)
      text += "importmap " + literal(from) + "=" + literal(to) + "\n";
    for (const std::string& name : package.imports) {
      const auto there = step_of_.find(name);
      if (there == step_of_.end()) continue;  // unsafe
      step.needs.push_back(there->second);
      text += "packagefile " + literal(name) + "=" + recipe_.steps[there->second].output + "\n";
    }
    return text;
  }

  void add_objects(const GoPackage& package, const PackageId& id, RecipeStep& step) const {
    std::vector<std::string> objects;
    if (!package.assembly_files.empty()) copy_port_headers(package, step);
    for (const std::string& name : package.assembly_files) {
      const std::string object = step.object_place + "/" + literal(name.substr(0, name.size() - 2)) + ".o";
      ToolCommand command{assembler(package, id, step), recipe_.roots.symbolic(package.directory), {}};
      append(command.argv, {"-o", object, in_package(package, name)});
      step.commands.push_back(std::move(command));
      objects.push_back(object);
    }
    for (const std::string& name : package.object_files) objects.push_back(in_package(package, name));
    if (objects.empty()) return;
    ToolCommand pack{{"pack", step.output}, step.object_place, {}};
    append(pack.argv, objects);
    step.commands.push_back(std::move(pack));
  }

  /// defs_linux_arm64.h can be included as defs_GOOS_GOARCH.h.
  void copy_port_headers(const GoPackage& package, RecipeStep& step) const {
    const Port& port = recipe_.target.port;
    const std::vector<std::pair<std::string, std::string>> endings{
        {"_" + port.goos + "_" + port.goarch, "_GOOS_GOARCH"},
        {"_" + port.goarch, "_GOARCH"},
        {"_" + port.goos, "_GOOS"}};
    for (const std::string& file : package.header_files) {
      const fs::path path(file);
      const std::string stem = path.stem().string();
      for (const auto& [ending, general] : endings) {
        if (!stem.ends_with(ending)) continue;
        const std::string name =
            stem.substr(0, stem.size() - ending.size()) + general + path.extension().string();
        step.commands.push_back({{"cp", in_package(package, file), step.object_place + "/" + literal(name)},
                                 step.object_place,
                                 {}});
        break;
      }
    }
  }

  const std::vector<GoPackage>& packages_;
  const RecipeOptions& options_;
  Recipe& recipe_;
  Layout layout_;
  std::map<std::string, std::size_t> step_of_;
  std::vector<std::size_t> order_;
  std::vector<std::string> headers_;
  std::string profile_;
  bool std_is_plain_ = false;
  unsigned others_ = 0;
};

}  // namespace

Recipe make_recipe(const std::vector<GoPackage>& packages, const Target& target, NamedRoots roots,
                   const RecipeOptions& options) {
  Recipe recipe;
  recipe.target = target;
  RecipeMaker(packages, std::move(roots), options, recipe).make();
  return recipe;
}

}  // namespace gostrap
