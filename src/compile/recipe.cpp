#include "compile/recipe.hpp"

#include "support/error.hpp"

#include <optional>

namespace gostrap {

std::size_t step_of_symbol(const Recipe& recipe, const std::string& symbol) {
  std::vector<std::string> names;
  std::size_t best = recipe.steps.size();
  std::size_t longest = 0;
  for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
    const RecipeStep& step = recipe.steps[i];
    if (step.links || step.name == "pgo") continue;
    const std::string path = step.name == recipe.main_package ? "main" : step.name;
    names.push_back(path);
    if (symbol.size() > path.size() + 1 && symbol.starts_with(path + ".") && path.size() >= longest) {
      best = i;
      longest = path.size();
    }
  }
  if (best != recipe.steps.size()) return best;
  const std::optional<std::string> near = nearest(symbol.substr(0, symbol.rfind('.')), names);
  throw UsageError("\"" + symbol + "\" is no function of this program's packages" +
                       (near ? "; is it in " + *near + "?" : ""),
                   "Such as main.main, fmt.Fprintf or net/http.(*Server).Serve");
}

}  // namespace gostrap
