#include "road/toolchain_step.hpp"

#include "sdk/layout.hpp"
#include "toolchain/environment.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {

std::string ToolchainStep::inputs(const Keys& keys) const {
  Json inputs = derived_inputs(output(), {keys[host]});
  // linux/arm has another one, and had it when there were no such settings
  if (!reference && upstream_settings(at.port()).empty()) {
    for (const auto& [name, value] : dists_settings(at.port())) inputs[name] = value;
  }
  return inputs.dump();
}

Making ToolchainStep::make(const Outputs& of, const fs::path& place, const Workshop& workshop) const {
  const auto build = reference ? build_port_reference : build_port;
  const BuildRun run = build(at, host_at(of[host]), goroot_of(place), workshop);
  Making made = making_of(run, workshop.progress);
  bring_along(of[host], place, workshop.copy_mode);
  seal(place, manifest_made_by(of[host], Kind::toolchain, at), workshop.progress);
  return made;
}

}  // namespace gostrap
