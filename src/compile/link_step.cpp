#include "compile/link_step.hpp"

#include "program/build_info.hpp"

namespace gostrap {

RecipeStep link_step(const Recipe& recipe, const GoPackage& root, const Layout& layout,
                     const std::string& linker, const RecipeOptions& options) {
  RecipeStep step;
  step.name = "link";
  step.links = true;
  step.object_place = "${WORK}/link!";
  step.output = step.object_place + "/program";
  std::string config;
  for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
    if (recipe.steps[i].name == "pgo") continue;
    step.needs.push_back(i);
    config += "packagefile " + literal(recipe.steps[i].name) + "=" + recipe.steps[i].output + "\n";
  }
  config += "modinfo " + literal(go_quoted(module_data(recipe.build_info))) + "\n";
  step.files.push_back({step.object_place + "/importcfg.link", config});
  ToolCommand command{{linker, "-o", step.output, "-importcfg", step.object_place + "/importcfg.link"},
                      step.object_place,
                      {{"GOROOT", ""}}};  // its path must not stand in the program
  std::vector<std::string>& argv = command.argv;
  const auto add = [&](std::initializer_list<std::string> words) { argv.insert(argv.end(), words); };
  if (!layout.suffix.empty()) add({"-installsuffix", layout.suffix});
  if (recipe.target.fips140 != "off" && !recipe.target.fips140.empty())
    add({"-fipso", step.object_place + "/fips.o"});
  // the go command puts a hash of its own making there, which it alone could repeat
  if (root.in_goroot && root.import_path.starts_with("cmd/")) add({"-X=cmd/internal/objabi.buildID="});
  if (!root.default_godebug.empty()) add({"-X=runtime.godebugDefault=" + literal(root.default_godebug)});
  add({"-buildmode=" + layout.linker_mode, "-buildid="});
  if (options.strip) add({"-s", "-w"});
  for (const std::string& definition : options.definitions) add({"-X=" + literal(definition)});
  const PackageId id{root.import_path, root.directory, root.standard, true};
  for (const std::string& flag : options.linker_flags.of(id)) add({literal(flag)});
  argv.push_back(recipe.output);
  step.commands.push_back(std::move(command));
  return step;
}

}  // namespace gostrap
