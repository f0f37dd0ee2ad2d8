#include "road/patched_source_step.hpp"

#include "support/hash.hpp"
#include "support/nar.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {

Output PatchedSourceStep::output() const {
  Output output{Kind::source, release};
  output.profile.patches = profile.patches;
  return output;
}

std::string PatchedSourceStep::inputs(const Keys& /*keys*/) const {
  return begun_inputs(output()).dump();
}

Making PatchedSourceStep::make(const Outputs& of, const fs::path& place, const Workshop& workshop) const {
  const fs::path& pinned = of[source];
  workshop.progress.phase("Checking the source against its pin");
  require_source(*release, pinned);
  workshop.progress.phase("Applying the patches");
  const PatchedFiles files = apply_patches(*release, patches, pinned, workshop.work);
  for (const TreeEntry& entry : list_tree(pinned)) {
    if (entry.type == TreeEntry::Type::directory) make_directories(place / entry.path);
    if (entry.type == TreeEntry::Type::file)
      place_file(pinned / entry.path, place / entry.path, workshop.copy_mode);
  }
  write_patched(files, place);
  seal_tree(place);
  Making made;
  made.patches = names_of(patches);
  made.nar = sri(nar_hash(place).digest);
  return made;
}

}  // namespace gostrap
