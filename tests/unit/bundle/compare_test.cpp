#include "bundle/compare.hpp"

#include "bundle/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Names = std::vector<std::string>;
using How = EntryDifference::Kind;

std::vector<EntryListing> listings_of(const std::vector<fs::path>& trees) {
  BundleReader reader(memory_source(bundle_of(trees), "bundle"), bundle_limits());
  reader.read_sbom();
  reader.read_releases();
  return list_bundle(reader, true);
}

/// Two bundles of a tree that is the same in both, until something is changed.
struct Pair {
  Scratch scratch;
  Pair() {
    for (const std::string side : {"first", "second"}) {
      scratch.file(side + "/tree/a", "1");
      scratch.file(side + "/tree/b", "2");
    }
  }
  std::vector<EntryListing> first() const { return listings_of({scratch / "first/tree"}); }
  std::vector<EntryListing> second() const { return listings_of({scratch / "second/tree"}); }
  EntryDifference only() const {
    const std::vector<EntryDifference> found = differences(first(), second());
    REQUIRE(found.size() == 1);
    return found.front();
  }
};

}  // namespace

TEST_CASE("a bundle is listed entry by entry, with all that is in them") {
  const Pair pair;
  const std::vector<EntryListing> listed = pair.first();
  REQUIRE(listed.size() == 1);
  CHECK(listed[0].entry.name == "tree");
  CHECK(listed[0].contents == TreeRecorder().record({pair.scratch / "first/tree"}).front());
}

TEST_CASE("bundles of the same differ in nothing") {
  const Pair pair;
  CHECK(differences(pair.first(), pair.second()).empty());
}

TEST_CASE("within an entry what changed, came and went is told by name") {
  const Pair pair;
  pair.scratch.file("second/tree/a", "other");
  fs::remove(pair.scratch / "second/tree/b");
  pair.scratch.file("second/tree/c", "3");
  const EntryDifference found = pair.only();
  CHECK(found.name == "tree");
  CHECK(found.kind == How::changed);
  CHECK(found.changed == Names{"a"});
  CHECK(found.removed == Names{"b"});
  CHECK(found.added == Names{"c"});
  CHECK_FALSE(found.described_otherwise);
}

TEST_CASE("an x bit is a change") {
  const Pair pair;
  pair.scratch.file("second/tree/a", "1", true);
  CHECK(pair.only().changed == Names{"a"});
}

TEST_CASE("an entry that one of them lacks is told, whichever it is") {
  const Pair pair;
  pair.scratch.file("second/zoo/a", "1");
  const auto more = listings_of({pair.scratch / "second/tree", pair.scratch / "second/zoo"});
  const auto added = differences(pair.first(), more);
  REQUIRE(added.size() == 1);
  CHECK(added[0].name == "zoo");
  CHECK(added[0].kind == How::only_second);
  const auto removed = differences(more, pair.first());
  REQUIRE(removed.size() == 1);
  CHECK(removed[0].kind == How::only_first);
}

TEST_CASE("the same contents under another description are told as that") {
  const Pair pair;
  const auto described_otherwise = [&](const std::function<void(BundleEntry&)>& change) {
    std::vector<EntryListing> other = pair.second();
    change(other.front().entry);
    const auto found = differences(pair.first(), other);
    return found.size() == 1 && found[0].described_otherwise && found[0].changed.empty() &&
           found[0].added.empty() && found[0].removed.empty();
  };
  CHECK(described_otherwise([](BundleEntry& entry) { entry.kind = Kind::sdk; }));
  CHECK(described_otherwise([](BundleEntry& entry) { entry.key = std::string(32, '0'); }));
  CHECK(described_otherwise([](BundleEntry& entry) { entry.release = "1.99.0"; }));
  CHECK(described_otherwise([](BundleEntry& entry) { entry.source = sha256("source"); }));
  CHECK(described_otherwise([](BundleEntry& entry) { entry.port = own_port(); }));
  CHECK(described_otherwise([](BundleEntry& entry) { entry.hosted_on = own_port(); }));
  CHECK(described_otherwise([](BundleEntry& entry) { entry.provenance = part_of("another"); }));
}

TEST_CASE("what stands before an entry in its bundle is no difference of it") {
  const Pair pair;
  std::vector<EntryListing> other = pair.second();
  other.front().entry.new_bytes = 0;
  CHECK(differences(pair.first(), other).empty());
}
