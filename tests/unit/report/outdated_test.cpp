#include "report/outdated.hpp"

#include "store/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Releases pinned(const std::vector<std::string>& versions) {
  Releases releases;
  for (const std::string& version : versions) {
    Release release;
    release.version = *parse_version(version);
    releases.put(release);
  }
  return releases;
}

std::vector<Version> versions(const std::vector<std::string>& texts) {
  std::vector<Version> versions;
  for (const std::string& text : texts) versions.push_back(*parse_version(text));
  return versions;
}

std::string text(const std::optional<Version>& version) {
  return version ? version->text() : "none";
}

/// The status of the one release in a store.
ReleaseStatus status(const std::string& release, const std::vector<std::string>& pins,
                     const std::vector<std::string>& published = {}) {
  const Shelf shelf;
  shelf.put('a', {.release = release});
  const auto all = release_statuses(shelf.store, pinned(pins), versions(published));
  REQUIRE(all.size() == 1);
  CHECK(all[0].version.text() == release);
  return all[0];
}

}  // namespace

TEST_CASE("an empty store has nothing that could be outdated") {
  CHECK(release_statuses(Shelf().store, pinned({"1.99.0"}), {}).empty());
}

TEST_CASE("of a release the newest patch of its line that is pinned is told") {
  CHECK(text(status("1.99.0", {"1.99.0", "1.99.2", "1.99.1", "1.98.9", "1.100.3"}).pinned) == "1.99.2");
  CHECK(text(status("1.99.2", {"1.99.0", "1.99.2"}).pinned) == "none");
}

TEST_CASE("of what upstream published only what is newer than the pins is told") {
  CHECK(text(status("1.99.0", {"1.99.0", "1.99.1"}, {"1.99.3", "1.99.2"}).published) == "1.99.3");
  CHECK(text(status("1.99.0", {"1.99.0", "1.99.3"}, {"1.99.3"}).published) == "none");
  CHECK(text(status("1.99.0", {"1.99.0"}, {"1.100.1"}).published) == "none");
}

TEST_CASE("no pre-release is newer than a release") {
  CHECK(text(status("1.99.0", {"1.99.0", "1.99rc1"}).pinned) == "none");
}

TEST_CASE("a line ends with the second one after it, pinned or published, and not with its candidates") {
  CHECK(text(status("1.98.0", {"1.98.0", "1.99.0"}).unsupported_since) == "none");
  CHECK(text(status("1.98.0", {"1.98.0", "1.100.0"}).unsupported_since) == "1.100.0");
  CHECK(text(status("1.98.0", {"1.98.0"}, {"1.101.2"}).unsupported_since) == "1.100.0");
  CHECK(text(status("1.98.0", {"1.98.0"}, {"1.100rc1"}).unsupported_since) == "none");
}

TEST_CASE("each release of the store is told once, the newest first, with what is made of it") {
  const Shelf shelf;
  shelf.put('a', {.release = "1.98.0"});
  shelf.put('b', {.step = "source"});
  shelf.put('c', {.step = "host"});
  shelf.put('d');
  const auto all = release_statuses(shelf.store, pinned({"1.98.0", "1.99.0"}), {});
  REQUIRE(all.size() == 2);
  CHECK(all[0].version.text() == "1.99.0");
  CHECK(all[0].entries.size() == 2);
  CHECK(all[1].entries.size() == 1);
}

TEST_CASE("what has no release is not among them") {
  const Shelf shelf;
  shelf.scratch.directory("store/" + std::string(32, 'e') + "-tree");
  shelf.scratch.file("store/provenance/" + std::string(32, 'e') + "-tree.json",
                     R"({"inputs": {"step": "modules"}})");
  REQUIRE(shelf.store.entries().size() == 1);
  CHECK(release_statuses(shelf.store, pinned({"1.99.0"}), {}).empty());
}
