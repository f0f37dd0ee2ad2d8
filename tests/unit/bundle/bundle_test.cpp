// A bundle of plain trees, made and read in memory.
#include "bundle/compare.hpp"
#include "bundle/install.hpp"
#include "bundle/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::vector<EntryListing> listings_of(const std::string& bytes) {
  BundleReader reader(memory_source(bytes, "bundle"), bundle_limits());
  reader.read_sbom();
  reader.read_releases();
  return list_bundle(reader, true);
}

}  // namespace

TEST_CASE("bundle: what goes in comes out, files that trees share are linked") {
  const Scratch scratch;
  scratch.file("one/dir/a", "shared");
  scratch.file("one/run", "#!/bin/sh\n", true);
  scratch.link("one/link", "dir/a");
  scratch.file("two/b", "shared");
  scratch.file("two/large", std::string(3 << 20, 'x'));
  const std::string bytes = bundle_of({scratch / "two", scratch / "one"});
  CHECK(bytes == bundle_of({scratch / "one", scratch / "two"}));

  BundleReader reader(memory_source(bytes, "bundle"), bundle_limits());
  reader.read_sbom();
  reader.read_releases();
  const auto place = directory_target(scratch / "out");
  place->prepare();
  Silent silent;
  const auto installed = install_bundle(reader, *place, Voucher::none, Releases(), silent);
  REQUIRE(installed.size() == 2);
  CHECK(read_file(scratch / "out/one/dir/a") == "shared");
  CHECK(same_file(scratch / "one/run", scratch / "out/one/run"));
  CHECK(same_file(scratch / "two/large", scratch / "out/two/large"));
  CHECK(fs::read_symlink(scratch / "out/one/link") == "dir/a");
  CHECK(fs::equivalent(scratch / "out/one/dir/a", scratch / "out/two/b"));
  CHECK(TreeRecorder().record({scratch / "one"}) == TreeRecorder().record({scratch / "out/one"}));
}

TEST_CASE("bundle: its signer is known before anything else is read, and can be required") {
  const Scratch scratch;
  scratch.file("tree/a", "text");
  const PrivateKey key = PrivateKey::generate();
  const PrivateKey other = PrivateKey::generate();
  const BundleReader reader(memory_source(bundle_of({scratch / "tree"}, &key), "bundle"), bundle_limits());
  REQUIRE(reader.signed_by());
  reader.require_signature({other.public_key(), key.public_key()});
  CHECK(
      contains(error_of([&] { reader.require_signature({other.public_key()}); }), "it is signed by SHA256:"));
  const BundleReader plain(memory_source(bundle_of({scratch / "tree"}), "bundle"), bundle_limits());
  CHECK(contains(error_of([&] { plain.require_signature({key.public_key()}); }), "it is not signed"));
}

TEST_CASE("bundle: cut anywhere, it is refused") {
  const Scratch scratch;
  scratch.file("tree/a", "text");
  const std::string bytes = bundle_of({scratch / "tree"});
  CHECK(listings_of(bytes).size() == 1);
  for (std::size_t at = 0; at < bytes.size(); at += 7) {
    CAPTURE(at);
    CHECK(!error_of([&] { listings_of(bytes.substr(0, at)); }).empty());
  }
  CHECK(contains(error_of([&] { listings_of(bytes + "x"); }), "something stands behind its end"));
}

TEST_CASE("bundle: two trees of one name do not fit into it") {
  const Scratch scratch;
  scratch.file("first/tree/a", "1");
  scratch.file("second/Tree/a", "2");
  CHECK(contains(error_of([&] {
                   bundle_of({scratch / "first/tree", scratch / "second/Tree"});
                 }),
                 "of the name"));
}

TEST_CASE("bundle: parts are one stream, and the one that is missing is named") {
  const Scratch scratch;
  const auto sink = file_sink(scratch / "b.tar.zst", 10);
  sink->write("0123456789abcdefghijKLM");
  const auto files = sink->commit();
  REQUIRE(files.size() == 3);
  CHECK(files[2].filename() == "b.tar.zst.003");
  std::string buffer(100, '\0');
  std::string all;
  const auto source = open_bundle({files[0].string()});
  for (std::size_t count = 0; (count = source->read(buffer.data(), buffer.size())) > 0;)
    all.append(buffer, 0, count);
  CHECK(all == "0123456789abcdefghijKLM");
  CHECK(contains(source->where_it_ends(), "b.tar.zst.004"));
  CHECK(contains(error_of([&] { open_bundle({files[1].string()}); }), "begins with its first part"));
}
