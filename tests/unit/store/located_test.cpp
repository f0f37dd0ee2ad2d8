#include "store/located.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const std::string inputs =
    R"({"inputs": {"step": "sdk", "release": "1.99.0", "source": "sha256-jeCzxH8RLFl0X3F6YmkyJkxCKnVjlUhy4jeyI69K1kM=", "port": "linux/riscv64"})";
const std::string own = inputs + "}";
const std::string strangers =
    inputs + R"(, "installed": {"bundle": "sha256:)" + std::string(64, 'b') + R"("}})";

struct Shelf {
  Scratch scratch;
  Store store{scratch / "store"};
  std::string entry = std::string(32, 'a') + "-go1.99.0-sdk-linux-riscv64";

  explicit Shelf(const std::string& provenance = own) {
    scratch.directory("store/" + entry);
    if (!provenance.empty()) scratch.file("store/provenance/" + entry + ".json", provenance);
  }
  fs::path path() const { return store.path(entry); }
};

}  // namespace

TEST_CASE("what is not there is located at its absolute place, and is no entry") {
  const Shelf shelf;
  CHECK(locate(shelf.store, shelf.scratch / "no/such").tree == shelf.scratch / "no/such");
  CHECK(locate(shelf.store, shelf.scratch / "no/such").entry.empty());
}

TEST_CASE("what lies inside of an entry is not the entry") {
  const Shelf shelf;
  shelf.scratch.directory("store/" + shelf.entry + "/bin");
  CHECK(locate(shelf.store, shelf.path() / "bin").entry.empty());
  CHECK(locate(shelf.store, shelf.path() / "bin/..").tree == fs::canonical(shelf.path()));
}

TEST_CASE("what else lies in the store is no entry") {
  const Shelf shelf;
  shelf.scratch.directory("store/locks");
  shelf.scratch.directory("store/" + std::string(32, 'b'));
  CHECK(locate(shelf.store, shelf.store.root() / "locks").entry.empty());
  CHECK(locate(shelf.store, shelf.store.root() / std::string(32, 'b')).entry.empty());
}

TEST_CASE("a ring of links leads nowhere, and ends") {
  const Shelf shelf;
  shelf.scratch.link("one", "two");
  shelf.scratch.link("two", "one");
  CHECK(locate(shelf.store, shelf.scratch / "one").entry.empty());
}

TEST_CASE("without a store everything is merely where it is") {
  const Scratch scratch;
  scratch.directory("tree");
  const Located located = locate(Store(scratch / "none"), scratch / "tree/");
  CHECK(located.tree == fs::canonical(scratch / "tree"));
  CHECK(located.entry.empty());
}

TEST_CASE("behind a link .. is where the link leads, as the kernel has it") {
  const Shelf shelf;
  shelf.scratch.directory("a/b");
  shelf.scratch.link("link", "a/b");
  CHECK(locate(shelf.store, shelf.scratch / "link/..").tree == fs::canonical(shelf.scratch / "a"));
}

TEST_CASE("an entry is known by its provenance") {
  const Shelf shelf;
  shelf.scratch.link("root", shelf.path().string());
  const auto found = entry_at(shelf.store, shelf.scratch / "root");
  REQUIRE(found.has_value());
  CHECK(found->entry == shelf.entry);
  CHECK(found->path == shelf.path());
  CHECK(found->kind == Kind::sdk);
}

TEST_CASE("an entry without a readable provenance is nothing that is known") {
  const Shelf none("");
  CHECK_FALSE(entry_at(none.store, none.path()).has_value());
  const Shelf broken("{");
  CHECK_FALSE(entry_at(broken.store, broken.path()).has_value());
}

TEST_CASE("what lies beside a directory may say that it is a stranger's, and no more") {
  const Shelf shelf;
  const fs::path elsewhere = shelf.scratch.directory("elsewhere");
  CHECK_FALSE(known_entry_at(shelf.store, elsewhere).has_value());
  shelf.scratch.file("elsewhere.provenance.json", own);
  CHECK_FALSE(known_entry_at(shelf.store, elsewhere).has_value());
  shelf.scratch.file("elsewhere.provenance.json", strangers);
  const auto origin = known_entry_at(shelf.store, elsewhere);
  REQUIRE(origin.has_value());
  CHECK(origin->is_strangers());
  CHECK(origin->path == fs::canonical(elsewhere));
}

TEST_CASE("of an entry its store's provenance counts, and not what lies beside it") {
  const Shelf shelf;
  shelf.scratch.file("store/" + shelf.entry + ".provenance.json", strangers);
  const auto origin = known_entry_at(shelf.store, shelf.path());
  REQUIRE(origin.has_value());
  CHECK_FALSE(origin->is_strangers());
}
