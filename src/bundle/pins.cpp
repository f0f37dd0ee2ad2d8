#include "bundle/pins.hpp"

#include "support/error.hpp"
#include "support/strings.hpp"

namespace gostrap {
namespace {

/// "commit X, and the pin here is Y": the first pin of two entries of one release in which they differ.
std::string disagreement(const Release& here, const Release& brought) {
  const auto words = [](const std::string& what, const std::string& theirs, const std::string& ours) {
    return what + " " + theirs + ", and the pin here is " + ours;
  };
  if (!here.commit.empty() && !brought.commit.empty() && here.commit != brought.commit)
    return words("commit", brought.commit, here.commit);
  if (here.source && brought.source && *here.source != *brought.source)
    return words("the source", sri(*brought.source), sri(*here.source));
  if (here.source_archive && brought.source_archive && *here.source_archive != *brought.source_archive)
    return words("the source archive", hex(*brought.source_archive), hex(*here.source_archive));
  return {};
}

}  // namespace

BroughtPins with_pins(const Releases& known, const std::string& text, const std::string& bundle) {
  BroughtPins pins{known, {}};
  const Releases brought = Releases::parse(text, bundle + " (releases.json)");
  for (const Release& release : brought.all()) {
    const Release* const here = known.find(release.version);
    if (here != nullptr) {
      if (const std::string other = disagreement(*here, release); !other.empty()) {
        throw Error("use the bundle " + bundle, "its " + release.name() + " is " + other,
                    "One of the two is wrong: ask whoever made the bundle.");
      }
      if (here->source || !release.source) continue;
    }
    pins.added.push_back(release);
    pins.all.put(release);
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
