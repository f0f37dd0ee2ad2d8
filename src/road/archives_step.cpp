#include "road/archives_step.hpp"

#include "sdk/layout.hpp"
#include "toolchain/distpack.hpp"
#include "toolchain/packing.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {

std::string ArchivesStep::inputs(const Keys& keys) const {
  return derived_inputs(output(), {keys[host], keys[toolchain]}).dump();
}

Making ArchivesStep::make(const Outputs& of, const fs::path& place, const Workshop& workshop) const {
  fs::path packer = of[host] / packer_place;
  if (!fs::exists(packer)) {
    packer = workshop.work / "distpack";  // somebody else's host toolchain
    build_distpack(at.release(), goroot_of(of[host]), packer, workshop);
  }
  const BuildRun run = build_archives({at, packer, goroot_of(of[toolchain])}, place, workshop);
  Making made = making_of(run, workshop.progress);
  seal(place, manifest_made_by(of[host], Kind::archives, at), workshop.progress);
  return made;
}

}  // namespace gostrap
