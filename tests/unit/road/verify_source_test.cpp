#include "road/verify_source.hpp"

#include "support/hash.hpp"
#include "support/nar.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

fs::path source_in(const Scratch& scratch) {
  scratch.file("go/VERSION", "go1.99.0\ntime 2026-01-01T00:00:00Z\n");
  scratch.file("go/src/make.bash", "echo make\n", true);
  return scratch / "go";
}

Digest nar_of(const fs::path& tree) {
  return nar_hash(tree).digest;
}

Releases pinned_to(const Digest& nar) {
  Release release;
  release.version = {1, 99, 0};
  release.source = nar;
  Releases releases;
  releases.put(release);
  return releases;
}

Subject at(const fs::path& tree) {
  Subject subject;
  subject.named = subject.tree = tree;
  return subject;
}

}  // namespace

TEST_CASE("a source is known by its files: no manifest, and nothing built") {
  const Scratch scratch;
  const fs::path source = source_in(scratch);
  CHECK(is_source(source));
  CHECK(!is_source(source / "src"));
  scratch.directory("go/bin");
  CHECK(!is_source(source));
}

TEST_CASE("a source is held against the pin of the release that its VERSION names") {
  const Scratch scratch;
  const fs::path source = source_in(scratch);
  const Releases releases = pinned_to(nar_of(source));
  const Store store(scratch / "store");
  const Check sound = verify_source(at(source), releases, store);
  CHECK(sound.result == Check::Result::passed);
  CHECK(contains(sound.says, "the source of go1.99.0, as pinned: " + sri(nar_of(source))));
  scratch.file("go/src/make.bash", "echo another\n", true);
  CHECK(verify_source(at(source), releases, store).result == Check::Result::failed);
}

TEST_CASE("a patched source is held against what its provenance in the store says") {
  const Scratch scratch;
  const fs::path source = source_in(scratch);
  const Store store(scratch / "store");
  Subject subject = at(source);
  subject.entry.emplace();
  subject.entry->entry = std::string(32, 'a') + "-go1.99.0-source";
  subject.entry->release = "1.99.0";
  subject.entry->profile.patches = {sha256("patch")};
  scratch.file("store/provenance/" + subject.entry->entry + ".json",
               R"({"making": {"nar": ")" + sri(nar_of(source)) + R"("}})");
  const Releases releases = pinned_to(sha256("another"));
  CHECK(verify_source(subject, releases, store).result == Check::Result::passed);
  scratch.file("go/src/make.bash", "echo another\n", true);
  CHECK(verify_source(subject, releases, store).result == Check::Result::failed);
  subject.entry->origin = Origin::stranger;
  CHECK(contains(verify_source(subject, releases, store).says, sri(sha256("another"))));
}
