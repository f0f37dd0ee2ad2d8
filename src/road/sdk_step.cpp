#include "road/sdk_step.hpp"

#include "sdk/additions.hpp"
#include "sdk/layout.hpp"
#include "support/hash.hpp"

#include <nlohmann/json.hpp>

namespace gostrap {
namespace {

/// What of an SDK is gostrap's own.
std::string additions_identity(const Release& release, const Port& port, const Profile& profile) {
  const int layout = layout_of(profile);
  std::string all = std::to_string(layout) + "\n";
  for (const AddedFile& file : added_files(port, own_port(), release.version, profile, layout))
    all += file.path + (file.executable ? " x" : file.link ? " link" : "") + "\n" + file.text + "\n";
  return hex(sha256(all)).substr(0, 32);
}

}  // namespace

std::string SdkStep::inputs(const Keys& keys) const {
  Json inputs = derived_inputs(output(), {keys[host]});
  // a gostrap that does not know the layout looks no further (store/provenance.hpp)
  if (profile.c) inputs["layout"] = layout_of(profile);
  inputs["wrapper"] = additions_identity(at.release(), at.port(), profile.of_sdk());
  return inputs.dump();
}

Making SdkStep::make(const Outputs& of, const fs::path& place, const Workshop& workshop) const {
  workshop.progress.phase("Laying out the SDK for " + at.port().text());
  make_sdk({.at = at, .profile = profile.of_sdk(), .host = of[host]}, workshop.copy_mode, place);
  return {};
}

}  // namespace gostrap
