#include "compile/view.hpp"

#include "compile/run_step.hpp"
#include "support/error.hpp"
#include "support/strings.hpp"

namespace gostrap {
namespace {

/// The step without what comes after its compilation, and with another place for its output.
RecipeStep only_compilation(const RecipeStep& step) {
  RecipeStep alone = step;
  alone.commands.clear();
  for (const ToolCommand& command : step.commands) {
    alone.commands.push_back(command);
    if (command.argv.front().ends_with("/compile")) break;
  }
  return alone;
}

void replace_place(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

std::string listing_of(const std::string& listing, const std::string& symbol) {
  std::string result;
  bool inside = false;
  for (const std::string_view line : lines_of(listing)) {
    // what belongs to a symbol is indented
    if (!line.empty() && line.front() != '\t') {
      inside = line.starts_with(symbol + " STEXT") || line.starts_with(symbol + ".func") ||
               line.starts_with(symbol + "-fm STEXT");
    }
    if (inside) result += std::string(line) + "\n";
  }
  return result;
}

std::string view_function(const Recipe& recipe, const std::vector<StepReport>& reports,
                          const std::string& symbol, View view, const CompileContext& context) {
  const std::size_t index = step_of_symbol(recipe, symbol);
  RecipeStep step = only_compilation(recipe.steps[index]);
  const std::string path = step.name == recipe.main_package ? "main" : step.name;
  NamedRoots roots = recipe.roots;
  roots.add("WORK", context.work);
  const std::string place = "${WORK}/view!";
  for (WrittenFile& file : step.files) replace_place(file.path, step.object_place, place);
  ToolCommand& compile = step.commands.back();
  for (ToolCommand& command : step.commands) {
    for (std::string& word : command.argv) replace_place(word, step.object_place, place);
  }
  step.object_place = place;
  if (view == View::assembly) {
    compile.argv.insert(compile.argv.begin() + 1, "-S");
  } else {
    compile.environment.emplace_back("GOSSAFUNC", literal(symbol.substr(path.size() + 1)));
    compile.environment.emplace_back("GOSSADIR", place);
  }
  remove_tree(roots.actual(place));
  for (const std::size_t need : step.needs) {
    const fs::path output = roots.actual(recipe.steps[need].output);
    make_directories(output.parent_path());
    std::error_code hidden;
    if (!fs::exists(output, hidden))
      place_file(context.cache.blob(reports[need].result.output), output, CopyMode::link_if_possible);
  }
  const StepRun ran = run_step(recipe, step, roots, {});
  const std::string doing = "look at " + symbol;
  if (!ran.exit.ok())
    throw Error(doing, "its package does not compile so: " + ran.exit.text() + "\n" + ran.output);
  std::string result;
  if (view == View::assembly) {
    result = listing_of(ran.output, symbol);
  } else {
    for (const TreeEntry& entry : list_tree(roots.actual(place))) {
      if (entry.type == TreeEntry::Type::file && entry.path.ends_with(".html"))
        result = read_file(roots.actual(place) + ("/" + entry.path), std::size_t{256} << 20U);
    }
  }
  if (result.empty()) {
    throw Error(
        doing, path + " has no function of that name, or it was inlined wherever it is called",
        "Such as main.main, fmt.Fprintf or net/http.(*Server).Serve; --gcflags -l keeps functions whole.");
  }
  return result;
}

}  // namespace gostrap
