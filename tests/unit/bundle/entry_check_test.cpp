#include "bundle/entry_check.hpp"

#include "bundle/samples.hpp"
#include "support/nar.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a source is held against the pin, and an SDK has a manifest") {
  const Scratch scratch;
  scratch.file("tree/a", "text");
  const BundleReader reader(memory_source(bundle_of({scratch / "tree"}), "the bundle"), bundle_limits());
  const Releases releases = Releases::load(scratch / "none");
  BundleEntry entry = reader.index().entries.front();
  const auto why = [&] {
    return error_of([&] {
      require_pin(reader, entry, releases);
      require_tree(reader, entry, scratch / "tree", {}, Voucher::named_key);
    });
  };
  CHECK(why().empty());  // modules: their hashes say all

  const Release& release = releases.get("1.24.4");
  entry.kind = Kind::source;
  entry.release = release.version.text();
  entry.source = sha256("another");
  CHECK(contains(why(), "the pin of " + release.name() + " is " + sri(release.nar())));
  entry.source = release.source;
  CHECK(contains(why(), "its NAR hash is " + sri(nar_hash(scratch / "tree").digest)));
  CHECK(contains(why(), "install tree from the bundle"));
  entry.kind = Kind::sdk;
  CHECK(contains(why(), "manifest.json"));
}
