#include "road/host_step.hpp"

#include "road/patched_source_step.hpp"
#include "sdk/layout.hpp"
#include "support/error.hpp"
#include "support/hash.hpp"
#include "toolchain/distpack.hpp"

#include <nlohmann/json.hpp>

#include <set>

namespace gostrap {
namespace {

Json to_json(const BootstrapId& id) {
  Json json = Json::object();
  if (!id.step.empty()) {
    json["step"] = id.step;
    return json;
  }
  json["name"] = id.name;
  json["go"] = id.go;
  return json;
}

/// A patched source is held against what its patches make of the pinned one.
void require_patched(const PatchedFiles& files, const fs::path& tree) {
  for (const auto& [path, file] : files) {
    const bool there = fs::is_regular_file(tree / path);
    if (there != file.after.has_value() || (there && read_file(tree / path) != *file.after)) {
      throw Error("use the patched source " + tree.string(), path + " is not what the patches make of it",
                  "`gostrap verify --repair` makes an entry of the store again.");
    }
  }
}

/// The patches, and what they changed as it was, go with all that is made from them.
void keep_patches(const std::vector<Patch>& patches, const PatchedFiles& files, const fs::path& output) {
  make_directories(patch_file(output, {}).parent_path());
  for (const Patch& patch : patches) {
    const fs::path kept = patch_file(output, patch.digest);
    if (!fs::exists(kept)) create_file(kept, patch.text);
  }
  for (const auto& [path, file] : files) {
    const fs::path kept = upstream_files(output) / path;
    make_directories(kept.parent_path());
    if (file.before) create_file(kept, *file.before);
  }
}

/// The files of a GOROOT that the profile of its host changes.
std::vector<std::string> differences_of(const Profile& profile, const PatchedFiles& files) {
  if (profile.empty()) return {};
  std::set<std::string> differences{"bin", "pkg/tool", "src/internal/buildcfg/zbootstrap.go"};
  for (const auto& [path, file] : files) differences.insert(path);
  return {differences.begin(), differences.end()};
}

/// The Go to start from. A rung's is the rung below it.
Bootstrap bootstrap_of(const HostStep& step, const Outputs& of) {
  if (const auto* const outside = std::get_if<Bootstrap>(&step.from)) return *outside;
  const RungBelow& below = std::get<RungBelow>(step.from);
  Bootstrap bootstrap;
  bootstrap.go = goroot_of(of[below.host]) / "bin" / "go";
  bootstrap.version = below.release->version;
  bootstrap.description = below.release->name() + " " + own_port().text();
  bootstrap.found = "the store";
  return bootstrap;
}

/// Where the patched source is, made on the way where no step has made it.
fs::path patched_source(const HostStep& step, const Outputs& of, const Workshop& workshop) {
  if (step.patched) return of[*step.patched];
  const fs::path tree = workshop.work / "patched";
  make_directories(tree);
  PatchedSourceStep{step.release, step.profile, step.patches, step.source}.make(of, tree, workshop);
  return tree;
}

}  // namespace

std::vector<Need> HostStep::needs() const {
  std::vector<Need> needs;
  if (patched) needs.push_back(*patched);
  if (!patched) needs.push_back(source);
  if (const auto* const below = std::get_if<RungBelow>(&from)) needs.push_back(below->host);
  if (patched) needs.push_back(source);
  return needs;
}

std::string HostStep::inputs(const Keys& keys) const {
  Json inputs = begun_inputs(output());
  inputs["port"] = own_port().text();
  const auto* const below = std::get_if<RungBelow>(&from);
  inputs["bootstrap"] = to_json(below != nullptr ? BootstrapId{"", "", keys[below->host]}
                                                 : bootstrap_id(std::get<Bootstrap>(from)));
  return inputs.dump();
}

Making HostStep::make(const Outputs& of, const fs::path& place, const Workshop& workshop) const {
  workshop.progress.phase("Checking the source against its pin");
  require_source(*release, of[source]);
  fs::path tree = of[source];
  PatchedFiles files;
  if (!patches.empty()) {
    tree = patched_source(*this, of, workshop);
    files = apply_patches(*release, patches, of[source], workshop.work);
    require_patched(files, tree);
    keep_patches(patches, files, place);
  }
  const Bootstrap bootstrap = bootstrap_of(*this, of);
  const BuildRun run = build_host({*release, tree, bootstrap, baked_by(profile)}, goroot_of(place), workshop);
  Making made = making_of(run, workshop.progress);
  build_distpack(*release, goroot_of(place), place / packer_place, workshop);
  Manifest manifest = manifest_of(Kind::toolchain, *release, own_port());
  manifest.profile = profile;
  manifest.canonical = profile.leaves_toolchain_alone();
  manifest.differences = differences_of(profile, files);
  seal(place, std::move(manifest), workshop.progress);
  made.bootstrap = bootstrap.description;
  made.patches = names_of(patches);
  return made;
}

BootstrapId bootstrap_id(const Bootstrap& bootstrap) {
  return {bootstrap.name(), hex(sha256_file(bootstrap.go)), ""};
}

}  // namespace gostrap
