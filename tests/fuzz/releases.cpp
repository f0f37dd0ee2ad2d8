// releases.json: what is accepted reads back the same, and can be asked for.
#include "release/releases.hpp"

#include "fuzz.hpp"

#include <nlohmann/json.hpp>

using namespace gostrap;

FUZZ(input) {
  Releases releases;
  if (!fuzz::accepted([&] { releases = Releases::parse(input, "fuzz.json"); })) return;
  for (const Release& release : releases.all()) {
    const Json json = to_json(release);
    const Release again = release_from_json(release.version, JsonView(json, "again"));
    fuzz::require(to_json(again) == json, "an accepted release reads back the same");
    fuzz::require(releases.get(release.name()).version == release.version, "it is found under its name");
    fuzz::require(release.bootstrap < release.version, "no ladder is a circle");
  }
}
