#include "bundle/samples.hpp"
#include "cli/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

struct Bench {
  Scratch scratch;

  /// A bundle of one tree with a file in it.
  std::string bundle(const std::string& name, const std::string& text) const {
    scratch.file(name + "/tree/file", text);
    return scratch.file(name + ".tar.zst", bundle_of({scratch / name / "tree"})).string();
  }
};

}  // namespace

TEST_CASE("what is in a bundle is told by its index, and who signed it") {
  const Bench bench;
  const Ran of = ran(bundle_inspect_verb, {bench.bundle("one", "text")});
  CHECK(of.code == ExitCode::done);
  CHECK(contains(of.out, "tree"));
  CHECK(contains(of.out, "1 files, "));
  CHECK(contains(of.out, "1 entries, "));
  CHECK(contains(of.out, "not signed"));
}

TEST_CASE("files are listed as sha256sum does") {
  const Bench bench;
  CHECK(ran(bundle_inspect_verb, {bench.bundle("one", "text"), "--files"}).out ==
        hex(sha256("text")) + "  tree/file\n");
}

TEST_CASE("as JSON a bundle is its index, its hash and its signer") {
  const Bench bench;
  const Json json =
      Json::parse(ran(bundle_inspect_verb, {bench.bundle("one", "text"), "--json", "--files"}).out);
  CHECK(json["signedBy"].is_null());
  CHECK(json["entries"][0]["name"] == "tree");
  CHECK(json["entries"][0]["content"]["file"] == hex(sha256("text")));
}

TEST_CASE("bundles of the same are alike, and others differ: that is the exit code") {
  const Bench bench;
  const std::string one = bench.bundle("one", "text"), two = bench.bundle("two", "other");
  CHECK(ran(bundle_diff_verb, {one, one}).code == ExitCode::done);
  CHECK(ran(bundle_diff_verb, {one, one}).out.empty());
  const Ran differ = ran(bundle_diff_verb, {one, two});
  CHECK(differ.code == ExitCode::difference);
  CHECK(differ.out == "~ tree/file\n");
}

TEST_CASE("a bundle that is none, or is not there, could not be read") {
  const Bench bench;
  for (const std::string& file :
       {bench.scratch.file("text", "no bundle").string(), (bench.scratch / "none").string()}) {
    const Ran of = ran(bundle_inspect_verb, {file});
    CHECK_MESSAGE(of.code == ExitCode::failed, file);
    CHECK_MESSAGE(!of.by_usage, file);
    CHECK_MESSAGE(of.out.empty(), file);
  }
}
