#include "road/std_step.hpp"

#include "seed/seed.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {

std::string StdStep::inputs(const Keys& keys) const {
  Json inputs = derived_inputs(output(), {keys[sdk]});
  inputs["seed"] = seed_identity(seed_c(at, profile));
  return inputs.dump();
}

Making StdStep::make(const Outputs& of, const fs::path& place, const Workshop& workshop) const {
  Making made = making_of(compile_seed(at, seed_c(at, profile), of[sdk], workshop), workshop.progress);
  lay_out_std(of[sdk], seed_results(workshop), place, workshop.progress);
  return made;
}

void lay_out_std(const fs::path& sdk, const fs::path& results, const fs::path& place, Progress& progress) {
  progress.phase("Collecting the compiled std");
  lay_out_seed(results, place);
  Manifest manifest = read_manifest_head(sdk);
  manifest.kind = Kind::compiled_std;
  manifest.layout = seed_layout;
  manifest.differences.clear();
  manifest.nar.reset();
  seal(place, std::move(manifest), progress);
}

}  // namespace gostrap
