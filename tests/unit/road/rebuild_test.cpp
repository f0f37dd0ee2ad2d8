#include "road/rebuild.hpp"

#include "road/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Words = std::vector<std::string>;

/// Two trees that are alike at first.
struct Pair {
  Scratch scratch;
  Pair() {
    for (const std::string tree : {"ours", "again"}) {
      scratch.file(tree + "/bin/go", "go", true);
      scratch.link(tree + "/link", "bin/go");
    }
  }
  Words differ() const { return differences(scratch / "ours", scratch / "again"); }
};

/// Where a patch may be kept: in an output, and in a store.
struct Kept {
  Scratch scratch;
  Store store{scratch / "store"};
  Profile profile;
  Kept() { profile.patches = {Road::patch().digest}; }

  void in_output(const std::string& text) const {
    scratch.file("out/" + patch_file({}, Road::patch().digest).string(), text);
  }
  void in_store(const std::string& text) const {
    scratch.file("store/patches/" + store.patch(Road::patch().digest).filename().string(), text);
  }
  std::vector<Patch> read() const { return patches_of(profile, scratch / "out", store); }
};

}  // namespace

TEST_CASE("trees that are alike differ in nothing, whenever they were written") {
  const Pair pair;
  fs::last_write_time(pair.scratch / "again/bin/go",
                      fs::file_time_type::clock::now() - std::chrono::hours(1));
  CHECK(pair.differ().empty());
}

TEST_CASE("other bytes are told by their hashes") {
  const Pair pair;
  pair.scratch.file("again/bin/go", "GO", true);
  CHECK(pair.differ() ==
        Words{"bin/go is " + hex(sha256("go")) + " x, and " + hex(sha256("GO")) + " x when built again"});
}

TEST_CASE("an x bit is a difference") {
  const Pair pair;
  pair.scratch.file("again/bin/go", "go");
  CHECK(pair.differ() ==
        Words{"bin/go is " + hex(sha256("go")) + " x, and " + hex(sha256("go")) + " when built again"});
}

TEST_CASE("where a link leads is a difference, and so is a file in a link's place") {
  const Pair pair;
  fs::remove(pair.scratch / "again/link");
  pair.scratch.link("again/link", "elsewhere");
  CHECK(pair.differ() == Words{"link is link to bin/go, and link to elsewhere when built again"});
  fs::remove(pair.scratch / "again/link");
  pair.scratch.file("again/link", "go", true);
  CHECK(pair.differ() == Words{"link is link to bin/go, and " + hex(sha256("go")) + " x when built again"});
}

TEST_CASE("what only one of them has is told, directories too") {
  const Pair pair;
  pair.scratch.directory("ours/empty");
  pair.scratch.file("again/new", "");
  CHECK(pair.differ() == Words{"empty was not made again", "new is only there when built again"});
}

TEST_CASE("a patch comes from the output that was made with it, or else from the store") {
  const Kept kept;
  kept.in_store(Road::patch().text);
  REQUIRE(kept.read().size() == 1);
  CHECK(kept.read()[0].text == Road::patch().text);
  kept.in_output("another");
  CHECK_FALSE(error_of([&] { kept.read(); }).empty());
  kept.in_output(Road::patch().text);
  kept.in_store("another");
  CHECK(kept.read()[0].digest == Road::patch().digest);
}

TEST_CASE("a patch that is nowhere is an error that names where it should be") {
  const Kept kept;
  CHECK(contains(error_of([&] { kept.read(); }),
                 (kept.scratch / "out" / patch_file({}, Road::patch().digest)).string()));
}

TEST_CASE("a patch that was changed is not used") {
  const Kept kept;
  std::string other = Road::patch().text;
  other[other.size() - 2] = 'c';
  kept.in_output(other);
  const std::string error = error_of([&] { kept.read(); });
  CHECK(contains(error, "its SHA-256 is " + hex(sha256(other))));
  CHECK(contains(error, "It was changed."));
}

TEST_CASE("an output of another source than the pin's is not built again") {
  Road road;
  Manifest manifest = manifest_of(Kind::toolchain, road.release(), own_port());
  manifest.source = sha256("another");
  const std::string error = error_of([&] {
    check_rebuild(road.scratch / "out", manifest, {road.releases, road.store, {}, {}}, road.watcher);
  });
  CHECK(contains(error, "it was made from the source " + sri(manifest.source) +
                            ", and go1.99.0 is pinned to " + sri(road.release().nar())));
  CHECK(contains(error, "--releases FILE"));
}

TEST_CASE("an output of a release that nobody knows is not built again") {
  Road road;
  Manifest manifest = manifest_of(Kind::toolchain, road.release(), own_port());
  manifest.release = "1.97.0";
  CHECK(contains(
      error_of([&] {
        check_rebuild(road.scratch / "out", manifest, {road.releases, road.store, {}, {}}, road.watcher);
      }),
      "1.97.0"));
}
