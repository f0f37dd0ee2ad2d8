#include "sdk/official.hpp"

#include "support/hash.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const std::string published = "go1.24.4.linux-riscv64.tar.gz";

/// Releases in which the archive's checksum is that of "bits".
Releases releases() {
  Release release;
  release.version = {1, 24, 4};
  release.archives = {{published, sha256("bits")}, {"go1.24.4.darwin-arm64.tar.gz", sha256("signed")}};
  release.source_archive = sha256("source");
  Releases releases;
  releases.put(release);
  return releases;
}

}  // namespace

TEST_CASE("the same bits are canonical") {
  const Scratch scratch;
  const Check check = check_official_archive(scratch.file(published, "bits"), releases());
  CHECK(check.result == Check::Result::passed);
  CHECK(contains(check.says, "canonical: "));
}

TEST_CASE("other bits are not, and both checksums are shown") {
  const Scratch scratch;
  const Check check = check_official_archive(scratch.file(published, "bitz"), releases());
  CHECK(check.result == Check::Result::failed);
  CHECK(contains(check.details.at(0), hex(sha256("bitz"))));
  CHECK(contains(check.details.at(1), hex(sha256("bits"))));
}

TEST_CASE("the source archive has a checksum too") {
  const Scratch scratch;
  CHECK(check_official_archive(scratch.file("go1.24.4.src.tar.gz", "source"), releases()).result ==
        Check::Result::passed);
}

TEST_CASE("darwin archives carry signatures: not comparable rather than wrong") {
  const Scratch scratch;
  const Check check =
      check_official_archive(scratch.file("go1.24.4.darwin-arm64.tar.gz", "unsigned"), releases());
  CHECK(check.result == Check::Result::not_possible);
  CHECK(contains(check.says, "Apple's signatures"));
}

TEST_CASE("a name that upstream never published is not comparable") {
  const Scratch scratch;
  CHECK(check_official_archive(scratch.file("go1.24.4.js-wasm.tar.gz", "x"), releases()).result ==
        Check::Result::not_possible);
}
