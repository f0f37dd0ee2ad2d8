#include "store/subject.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const std::string inputs =
    R"({"inputs": {"step": "sdk", "release": "1.99.0", "source": "sha256-jeCzxH8RLFl0X3F6YmkyJkxCKnVjlUhy4jeyI69K1kM=", "port": "linux/riscv64"})";
const std::string own = inputs + "}";
const std::string strangers = inputs +
                              R"(, "installed": {"made": "2026-01-01T00:00:00Z", "bundle": "sha256:)" +
                              std::string(64, 'b') + R"("}})";

struct Shelf {
  Scratch scratch;
  Store store{scratch / "store"};

  fs::path put(char key, const std::string& provenance) {
    const std::string entry = std::string(32, key) + "-go1.99.0-sdk-linux-riscv64";
    scratch.file("store/provenance/" + entry + ".json", provenance);
    return scratch.directory("store/" + entry);
  }
  Subject named(const fs::path& path) { return subject_of(path.string(), store); }
};

}  // namespace

TEST_CASE("an entry of the store is run, unless it is a stranger's") {
  Shelf shelf;
  const Subject made = shelf.named(shelf.put('a', own));
  CHECK(made.entry.has_value());
  CHECK(made.whence == "");
  const Subject brought = shelf.named(shelf.put('b', strangers));
  CHECK(contains(brought.whence, "unsigned, from the bundle"));
}

TEST_CASE("an entry is known by a link to it, too") {
  Shelf shelf;
  const fs::path entry = shelf.put('a', own);
  const fs::path link = shelf.scratch.link("link", entry);
  const Subject subject = shelf.named(link);
  CHECK(subject.named == link);
  CHECK(subject.tree == fs::canonical(entry));
  CHECK(subject.entry.has_value());
}

TEST_CASE("of what lies elsewhere nobody knows who made it, whatever lies beside it says") {
  Shelf shelf;
  const fs::path elsewhere = shelf.scratch.directory("elsewhere");
  CHECK(shelf.named(elsewhere).whence == "nobody here knows where it comes from");
  shelf.scratch.file("elsewhere.provenance.json", own);
  CHECK(shelf.named(elsewhere).whence == "nobody here knows where it comes from");
  shelf.scratch.file("elsewhere.provenance.json", strangers);
  CHECK(contains(shelf.named(elsewhere).whence, "unsigned, from the bundle"));
  CHECK(!shelf.named(elsewhere).entry);
}

TEST_CASE("what lies in the Nix store is run") {
  Shelf shelf;
  CHECK(shelf.named("/nix/store/0123-go").whence == "");
  CHECK(shelf.named("/nix/storehouse").whence != "");
}

TEST_CASE("people see the name that they typed, without what says nothing in it") {
  Shelf shelf;
  shelf.scratch.directory("a/b");
  shelf.scratch.directory("c/d");
  shelf.scratch.link("link", "c/d");
  CHECK(shelf.named(shelf.scratch / "a/./b/..").named == shelf.scratch / "a/");
  CHECK(shelf.named(shelf.scratch / "link/..").named == shelf.scratch / "link/..");
}
