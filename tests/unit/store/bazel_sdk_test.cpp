#include "store/bazel_sdk.hpp"

#include "support/hash.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Port riscv64{"linux", "riscv64"};
const std::string archive = "go1.99.0.linux-riscv64.tar.gz";

Release release(const std::string& published) {
  Release release;
  release.version = {1, 99, 0};
  release.source = sha256("S");
  release.ports = {riscv64, {"js", "wasm"}};
  if (!published.empty()) release.archives[archive] = sha256(published);
  return release;
}

/// A store, and whose entries of it were used.
struct Shelf {
  Scratch scratch;
  Store store{scratch / "store"};
  std::vector<std::string> used;

  std::string put(char key, const std::string& kind, const std::string& more = "") {
    const std::string entry = std::string(32, key) + "-go1.99.0-" + kind;
    scratch.file(
        "store/provenance/" + entry + ".json",
        R"({"inputs": {"step": ")" + kind +
            R"(", "release": "1.99.0", "source": "sha256-jeCzxH8RLFl0X3F6YmkyJkxCKnVjlUhy4jeyI69K1kM=", "port": "linux/riscv64"})" +
            more + "}");
    scratch.file("store/" + entry + "/" + archive, "bits");
    return entry;
  }
  BazelSdk find(const Release& from, const Port& port = riscv64) {
    used.clear();
    return bazel_sdk(from.at(port), store, [&](const StoreEntry& entry) { used.push_back(entry.entry); });
  }
};

const std::string strangers =
    R"(, "installed": {"made": "2026-01-01T00:00:00Z", "bundle": "sha256:)" + std::string(64, 'b') + R"("})";

}  // namespace

TEST_CASE("upstream's archive has the checksum that is pinned, where the store has nothing") {
  Shelf shelf;
  const BazelSdk sdk = shelf.find(release("pinned"));
  CHECK(sdk.archive == archive);
  CHECK(sdk.digest == hex(sha256("pinned")));
  CHECK(!sdk.archives);
  CHECK(!sdk.goroot);
  CHECK(sdk.entries.empty());
  CHECK(shelf.used.empty());
}

TEST_CASE("archives and a toolchain of the store are taken, with what is in them") {
  Shelf shelf;
  const std::string archives = shelf.put('a', "archives");
  const std::string toolchain = shelf.put('b', "toolchain");
  const BazelSdk sdk = shelf.find(release(""));
  CHECK(sdk.digest == hex(sha256("bits")));
  CHECK(sdk.archives == shelf.store.path(archives));
  REQUIRE(sdk.goroot);
  CHECK(sdk.goroot->string().starts_with(shelf.store.path(toolchain).string()));
  CHECK(sdk.entries == std::vector<std::string>{archives, toolchain});
  CHECK(shelf.used == sdk.entries);
}

TEST_CASE("a stranger's archives are taken where they are what upstream published, or it published none") {
  Shelf shelf;
  const std::string archives = shelf.put('a', "archives", strangers);
  CHECK(shelf.find(release("")).archives.has_value());
  CHECK(shelf.find(release("bits")).archives.has_value());
  const BazelSdk other = shelf.find(release("pinned"));
  CHECK(other.digest == hex(sha256("pinned")));
  CHECK(!other.archives);
  CHECK(other.entries.empty());
  CHECK(shelf.used == std::vector<std::string>{archives});
}

TEST_CASE("a port that no archive is of, or that runs no toolchain, is refused with what to do") {
  Shelf shelf;
  CHECK(contains(error_of([&] { shelf.find(release("")); }),
                 "upstream publishes no " + archive +
                     ", and the store has none either\nBuild it: gostrap build linux/riscv64 --archives "
                     "--release 1.99.0"));
  CHECK(contains(error_of([&] {
                   shelf.find(release(""), {"js", "wasm"});
                 }),
                 "Bazel runs no actions on js/wasm: "));
}
