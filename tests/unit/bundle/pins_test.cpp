#include "bundle/pins.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Release pinned(const std::string& version, char commit = 'c') {
  Release release;
  release.version = *parse_version(version);
  release.tag = release.name();
  release.commit = std::string(40, commit);
  release.source = sha256("the source");
  release.source_archive = sha256("its archive");
  release.bootstrap = *parse_version("1.22.6");
  release.origins = {"https://example.org/go"};
  release.ports = {{"linux", "riscv64"}};
  return release;
}

std::string text_of(const std::vector<Release>& releases) {
  Json json = Json::object();
  for (const Release& release : releases) json["releases"][release.version.text()] = to_json(release);
  return json.dump();
}

Releases known() {
  Releases releases;
  releases.put(pinned("1.98.0"));
  return releases;
}

}  // namespace

TEST_CASE("releases that are not known are added, and no other is touched") {
  const BroughtPins pins =
      with_pins(known(), text_of({pinned("1.98.0"), pinned("1.99.0"), pinned("1.99.1")}), "bundle");
  CHECK(pins.added.size() == 2);
  CHECK(pins.names_added() == "go1.99.1, go1.99.0");
  CHECK(pins.all.find(*parse_version("1.99.0")) != nullptr);
  CHECK(pins.all.all().size() == 3);
}

TEST_CASE("another pin of a release that is known is refused") {
  CHECK(contains(error_of([] { with_pins(known(), text_of({pinned("1.98.0", 'd')}), "bundle"); }),
                 "One of the two is wrong"));
}

TEST_CASE("the hash of a source that was not seen here counts as added") {
  Releases here;
  Release unseen = pinned("1.98.0");
  unseen.source = std::nullopt;
  here.put(unseen);
  const BroughtPins pins = with_pins(here, text_of({pinned("1.98.0")}), "bundle");
  CHECK(pins.names_added() == "go1.98.0");
  CHECK(pins.all.find(unseen.version)->source == sha256("the source"));
  Release other = pinned("1.98.0");
  other.source_archive = sha256("another");
  CHECK(contains(error_of([&] { with_pins(here, text_of({other}), "bundle"); }), "the source archive "));
}

TEST_CASE("a stranger's pins are refused where they add any") {
  refuse_added(with_pins(known(), text_of({pinned("1.98.0")}), "bundle"), "bundle");
  const BroughtPins more = with_pins(known(), text_of({pinned("1.99.0")}), "bundle");
  CHECK(contains(error_of([&] { refuse_added(more, "bundle"); }),
                 "cannot install bundle: it brings releases that are not known here, and nobody vouches for "
                 "their pins: go1.99.0\n"));
}
