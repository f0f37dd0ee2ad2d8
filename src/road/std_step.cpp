#include "road/std_step.hpp"

#include "seed/seed.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {

std::string StdStep::inputs(const Keys& keys) const {
  Json inputs = derived_inputs(output(), {keys[sdk]});
  inputs["seed"] = seed_identity();
  return inputs.dump();
}

Making StdStep::make(const Outputs& of, const fs::path& place, const Workshop& workshop) const {
  Making made = making_of(make_seed(at, of[sdk], place, workshop), workshop.progress);
  Manifest manifest = read_manifest_head(of[sdk]);
  manifest.kind = Kind::compiled_std;
  manifest.layout = 1;
  manifest.differences.clear();
  manifest.nar.reset();
  seal(place, std::move(manifest), workshop.progress);
  return made;
}

}  // namespace gostrap
