#include "bundle/pins.hpp"

#include "support/error.hpp"
#include "support/strings.hpp"

namespace gostrap {

BroughtPins with_pins(const Releases& known, const std::string& text, const std::string& bundle) {
  BroughtPins pins{known, {}};
  const Releases brought = Releases::parse(text, bundle + " (releases.json)");
  for (const Release& release : brought.all()) {
    const Release* const here = known.find(release.version);
    if (here == nullptr) {
      pins.added.push_back(release);
      pins.all.put(release);
    } else if (here->commit != release.commit || here->source != release.source) {
      throw Error("use the bundle " + bundle,
                  "its " + release.name() + " is commit " + release.commit + " with the source " +
                      sri(release.source) + ", and the pin here is " + here->commit + " with " +
                      sri(here->source),
                  "One of the two is wrong: ask whoever made the bundle.");
    }
  }
  return pins;
}

std::string BroughtPins::names_added() const {
  return join(added, ", ", &Release::name);
}

void refuse_added(const BroughtPins& pins, const std::string& bundle) {
  if (pins.added.empty()) return;
  throw Error(
      "install " + bundle,
      "it brings releases that are not known here, and nobody vouches for their pins: " + pins.names_added(),
      "`gostrap bundle inspect --pins` shows them. Name the key that must have signed the bundle "
      "(--key), or say that you want them all the same: --add-releases.");
}

}  // namespace gostrap
