#include "bundle/install_target.hpp"

#include "bundle/samples.hpp"
#include "store/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

BundleEntry tree() {
  BundleEntry entry;
  entry.kind = Kind::modules;
  entry.name = "tree";
  entry.key = std::string(32, 'a');
  return entry;
}

Contents contents_of(const fs::path& path) {
  return TreeRecorder().record({path}).front();
}

/// An entry that a store has already.
struct InStore : Shelf {
  BundleEntry entry;

  explicit InStore(bool strangers = false) {
    const std::string name = put('a', {.strangers = strangers});
    entry.kind = Kind::sdk;
    entry.key = std::string(32, 'a');
    entry.name = name.substr(33);
  }
  std::unique_ptr<InstallTarget> place(Voucher voucher = Voucher::none) const {
    return store_target(store, voucher);
  }
  fs::path path() const { return store.path(entry.store_name()); }
};

/// A directory that something is installed into.
struct Directory {
  Scratch scratch;
  std::unique_ptr<InstallTarget> place = directory_target(scratch / "to");
  Contents contents;

  Directory() {
    scratch.file("bundle/file", "text");
    contents = contents_of(scratch / "bundle");
    place->prepare();
  }
  bool has() const { return place->has(tree(), contents); }
  std::string refusal() const {
    return error_of([&] { has(); });
  }
};

const std::string in_the_way = "something else is there already";

}  // namespace

TEST_CASE("in a store an entry lies under its key, sealed") {
  const InStore shelf;
  CHECK(shelf.place()->path(shelf.entry) == shelf.path());
  CHECK(shelf.place()->seals_directories());
}

TEST_CASE("a store has what has a directory and a provenance") {
  const InStore shelf;
  CHECK(shelf.place()->has(shelf.entry, {}));
  fs::remove(shelf.store.provenance_file(shelf.entry.store_name()));
  CHECK_FALSE(shelf.place()->has(shelf.entry, {}));
  CHECK_FALSE(shelf.place()->has(tree(), {}));
}

TEST_CASE("a stranger's entry that is there is left to a stranger's bundle") {
  const InStore shelf(true);
  CHECK(shelf.place()->has(shelf.entry, {}));
  CHECK_FALSE(shelf.place()->is_raised(shelf.entry));
}

TEST_CASE("the same files by a named key make more of a stranger's entry") {
  const InStore shelf(true);
  CHECK(shelf.place(Voucher::named_key)->has(shelf.entry, contents_of(shelf.path())));
  CHECK(shelf.place(Voucher::named_key)->is_raised(shelf.entry));
}

TEST_CASE("other files by a named key move a stranger's entry aside, where it stays") {
  const InStore shelf(true);
  CHECK_FALSE(shelf.place(Voucher::named_key)->has(shelf.entry, {}));
  CHECK_FALSE(fs::exists(shelf.path()));
  REQUIRE(shelf.store.entries().size() == 1);
  CHECK(shelf.store.entries().front().is_strangers());
}

TEST_CASE("one's own entry is kept whatever a named key's bundle holds") {
  const InStore shelf;
  CHECK(shelf.place(Voucher::named_key)->has(shelf.entry, {}));
  CHECK_FALSE(shelf.place(Voucher::named_key)->is_raised(shelf.entry));
  CHECK(fs::exists(shelf.path() / "file"));
}

TEST_CASE("a store's provenance goes to the others, and nothing else is left") {
  const InStore shelf;
  shelf.place()->prepare();
  Provenance provenance;
  provenance.name = "tree";
  shelf.place()->write_provenance(tree(), provenance);
  CHECK(read_provenance(shelf.store.provenance_file(tree().store_name())).name == "tree");
  CHECK(fs::is_empty(shelf.store.work()));
}

TEST_CASE("in a directory an entry lies under its name, its provenance beside it, unsealed") {
  const Directory to;
  CHECK(to.place->path(tree()) == to.scratch / "to/tree");
  Provenance provenance;
  provenance.name = "tree";
  to.place->write_provenance(tree(), provenance);
  CHECK(read_provenance(to.scratch / "to/tree.provenance.json").name == "tree");
  CHECK_FALSE(to.place->seals_directories());
  CHECK_FALSE(to.place->is_raised(tree()));
}

TEST_CASE("an empty directory has nothing") {
  CHECK_FALSE(Directory().has());
}

TEST_CASE("a directory has what is there with the same contents") {
  const Directory to;
  to.scratch.file("to/tree/file", "text");
  CHECK(to.has());
}

TEST_CASE("what else is there under its name is in the way, and is left") {
  const Directory to;
  SUBCASE("other contents") {
    to.scratch.file("to/tree/file", "other");
  }
  SUBCASE("a file") {
    to.scratch.file("to/tree", "mine");
  }
  SUBCASE("a link to the same contents") {
    to.scratch.link("to/tree", "../bundle");
  }
  SUBCASE("a link to nowhere") {
    to.scratch.link("to/tree", "nowhere");
  }
  CHECK(contains(to.refusal(), "install " + (to.scratch / "to/tree").string() + ": " + in_the_way));
  CHECK(fs::exists(fs::symlink_status(to.scratch / "to/tree")));
}

TEST_CASE("a provenance that a killed install left is written anew, and a user's file is in the way") {
  const Directory to;
  to.scratch.file("to/tree.provenance.json", R"({"inputs": {"step": "modules"}})");
  CHECK_FALSE(to.has());
  to.scratch.file("to/tree.provenance.json", "mine");
  CHECK(contains(to.refusal(), "tree.provenance.json: " + in_the_way));
}
