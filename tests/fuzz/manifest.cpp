// Manifests: the paths in one are opened.
#include "sdk/manifest.hpp"

#include "fuzz.hpp"
#include "support/hash.hpp"

#include <nlohmann/json.hpp>

using namespace gostrap;

FUZZ(input) {
  Manifest manifest;
  const bool good = fuzz::accepted([&] {
    const JsonDocument document(std::string(input), "manifest.json");
    manifest = manifest_from_json(document.view());
  });
  if (!good) return;
  for (const auto& [path, unused] : manifest.files) {
    const fs::path inside = (fs::path("/output") / path).lexically_normal();
    fuzz::require(inside.string().starts_with("/output"), "paths stay below the output");
  }
  const Json json = to_json(manifest);
  fuzz::require(to_json(manifest_from_json(JsonView(json, "again"))) == json, "it reads back the same");
}
