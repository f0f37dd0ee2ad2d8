#include "bundle/agree.hpp"

#include "bundle/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// A tree with its manifest, and what is said of it once it, or the manifest, was changed.
struct Bench {
  Scratch scratch;
  Manifest manifest = sample_manifest(Kind::toolchain);

  Bench() {
    scratch.file("tree/share/go/run", "go", true);
    scratch.link("tree/link", "share/go/run");
    record_contents(scratch / "tree", manifest);
    put_manifest(scratch, "tree", manifest);
  }
  std::string why() const {
    return why_not_as_in_manifest(TreeRecorder().record({scratch / "tree"}).front(), manifest);
  }
};

}  // namespace

TEST_CASE("a tree is what its manifest says: the manifest itself and directories aside") {
  const Bench bench;
  CHECK(bench.why() == "");
  bench.scratch.directory("tree/empty");
  CHECK(bench.why() == "");
}

TEST_CASE("other bytes, another x bit and another target are not what it says") {
  const Bench bench;
  SUBCASE("bytes") {
    bench.scratch.file("tree/share/go/run", "GO", true);
    CHECK(bench.why() == "\"share/go/run\" is not what its manifest says");
  }
  SUBCASE("x bit") {
    bench.scratch.file("tree/share/go/run", "go");
    CHECK(bench.why() == "\"share/go/run\" is not what its manifest says");
  }
  SUBCASE("target") {
    fs::remove(bench.scratch / "tree/link");
    bench.scratch.link("tree/link", "share");
    CHECK(bench.why() == "\"link\" is not what its manifest says");
  }
  SUBCASE("a file where a link should be") {
    fs::remove(bench.scratch / "tree/link");
    bench.scratch.file("tree/link", "go");
    CHECK(bench.why() == "\"link\" is not what its manifest says");
  }
}

TEST_CASE("what the manifest does not name is not what it says") {
  const Bench bench;
  bench.scratch.file("tree/more", "");
  CHECK(bench.why() == "\"more\" is not what its manifest says");
}

TEST_CASE("what it names and is not there is missed, file or link") {
  const Bench bench;
  SUBCASE("file") {
    fs::remove(bench.scratch / "tree/share/go/run");
  }
  SUBCASE("link") {
    fs::remove(bench.scratch / "tree/link");
  }
  CHECK(bench.why() == "its manifest names files that are missing");
}
