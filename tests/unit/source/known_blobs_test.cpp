#include "source/known_blobs.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string origin(const fs::path& tree, const std::string& path, const Digest& digest = {}) {
  const KnownBlob* const known = known_blob(path);
  REQUIRE(known != nullptr);
  return known->origin(tree, path, digest);
}

}  // namespace

TEST_CASE("what upstream ships is known wherever releases have had it") {
  for (const char* path :
       {"src/runtime/race/race_linux_arm64.syso", "src/runtime/race/internal/amd64v3/race_linux.syso",
        "src/crypto/internal/boring/syso/goboringcrypto_linux_amd64.syso", "lib/fips140/v1.26.0.zip"}) {
    CAPTURE(path);
    const KnownBlob* const known = known_blob(path);
    REQUIRE(known != nullptr);
    CHECK(known->use == BlobUse::program);
  }
  CHECK(known_blob("lib/time/zoneinfo.zip")->use == BlobUse::run_time);
  CHECK(known_blob("src/cmd/compile/default.pgo")->use == BlobUse::toolchain);
}

TEST_CASE("another name, or the same in another place, is not known") {
  for (const char* path :
       {"src/runtime/race/evil.syso", "src/runtime/race/internal/x/y/race_linux.syso", "lib/fips140/evil.zip",
        "src/runtime/race_linux.syso", "x/lib/time/zoneinfo.zip", "src/cmd/compile/default.pgo2", ""}) {
    CAPTURE(path);
    CHECK(known_blob(path) == nullptr);
  }
}

TEST_CASE("the race detector's origin is the line of its README, under its old name too") {
  const Scratch scratch;
  scratch.file("src/runtime/race/README",
               "words\nrace_darwin_amd64.syso built with LLVM 11 and Go 22.\n"
               "internal/amd64v1/race_linux.syso built with LLVM 33 and Go 44.\n");
  CHECK(origin(scratch.path(), "src/runtime/race/internal/amd64v1/race_linux.syso") ==
        "src/runtime/race/README: built with LLVM 33 and Go 44");
  CHECK(origin(scratch.path(), "src/runtime/race/internal/amd64v1/race_darwin.syso") ==
        "src/runtime/race/README: built with LLVM 11 and Go 22");
  CHECK(origin(scratch.path(), "src/runtime/race/race_linux_s390x.syso").empty());
}

TEST_CASE("BoringCrypto's origin is the commit that its Dockerfile takes") {
  const Scratch scratch;
  CHECK(origin(scratch.path(), "src/crypto/internal/boring/syso/goboringcrypto_linux_amd64.syso").empty());
  scratch.file("src/crypto/internal/boring/Dockerfile", "ENV BoringV=abc\nENV BoringH=def\n");
  CHECK(origin(scratch.path(), "src/crypto/internal/boring/syso/goboringcrypto_linux_amd64.syso") ==
        "src/crypto/internal/boring/Dockerfile: BoringSSL abc, whose archive is sha256:def");
}

TEST_CASE("a FIPS module is held against the sum that the source has of it") {
  const Scratch scratch;
  const Digest digest = sha256("zip");
  scratch.file("lib/fips140/fips140.sum", "# sums\nv1.0.0.zip " + hex(digest) + "\nv1.1.0.zip 00\n");
  CHECK(origin(scratch.path(), "lib/fips140/v1.0.0.zip", digest) ==
        "lib/fips140/fips140.sum: the same SHA-256");
  CHECK(origin(scratch.path(), "lib/fips140/v1.1.0.zip", digest) ==
        "lib/fips140/fips140.sum: ANOTHER SHA-256, 00");
  CHECK(origin(scratch.path(), "lib/fips140/v1.2.0.zip", digest).empty());
}

TEST_CASE("testdata and the tree's own test/ are for tests, and nothing else") {
  CHECK(is_for_tests("src/debug/elf/testdata/hello.elf"));
  CHECK(is_for_tests("test/fixedbugs/a.bin"));
  CHECK_FALSE(is_for_tests("src/testdatax/a"));
  CHECK_FALSE(is_for_tests("src/cmd/test/a"));
}
