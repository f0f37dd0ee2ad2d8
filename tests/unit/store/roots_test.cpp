#include "store/roots.hpp"

#include "store/samples.hpp"
#include "support/atomic_file.hpp"
#include "support/hash.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string refusal(const Shelf& shelf, const std::string& entry, const fs::path& link) {
  return error_of([&] { add_root(shelf.store, entry, link); });
}

using Paths = std::vector<fs::path>;

}  // namespace

TEST_CASE("a root leads to its entry, and the store finds it again") {
  const Shelf shelf;
  const std::string entry = shelf.put('a');
  add_root(shelf.store, entry, shelf.scratch / "some/where");
  CHECK(fs::read_symlink(shelf.scratch / "some/where") == shelf.store.path(entry));
  const Roots roots = read_roots(shelf.store);
  CHECK(roots.keeps(entry));
  CHECK(roots.links.at(entry) == Paths{shelf.scratch / "some/where"});
  CHECK(roots.dead.empty());
}

TEST_CASE("a link that cannot be registered is not left: prune would not know of it") {
  const Shelf shelf;
  const std::string entry = shelf.put('a');
  const fs::path link = shelf.scratch / "root";
  make_directories(shelf.store.roots() / hex(sha256(link.string())).substr(0, 32) / "in the way");
  CHECK_FALSE(refusal(shelf, entry, link).empty());
  CHECK_FALSE(fs::exists(fs::symlink_status(link)));
}

TEST_CASE("a store without roots has none") {
  const Shelf shelf;
  CHECK_FALSE(read_roots(shelf.store).keeps(shelf.put('a')));
}

TEST_CASE("one entry may have several roots, told by name") {
  const Shelf shelf;
  const std::string entry = shelf.put('a');
  add_root(shelf.store, entry, shelf.scratch / "two");
  add_root(shelf.store, entry, shelf.scratch / "one");
  CHECK(read_roots(shelf.store).links.at(entry) == Paths{shelf.scratch / "one", shelf.scratch / "two"});
}

TEST_CASE("whoever removes the link gives the entry up, and what registered it is dead") {
  const Shelf shelf;
  const std::string entry = shelf.put('a');
  add_root(shelf.store, entry, shelf.scratch / "root");
  fs::remove(shelf.scratch / "root");
  const Roots roots = read_roots(shelf.store);
  CHECK_FALSE(roots.keeps(entry));
  REQUIRE(roots.dead.size() == 1);
  CHECK(roots.dead[0].parent_path() == shelf.store.roots());
}

TEST_CASE("a link that leads elsewhere by now keeps what it leads to") {
  const Shelf shelf;
  const std::string before = shelf.put('a'), after = shelf.put('b');
  add_root(shelf.store, before, shelf.scratch / "root");
  fs::remove(shelf.scratch / "root");
  shelf.scratch.link("root", shelf.store.path(after).string());
  CHECK_FALSE(read_roots(shelf.store).keeps(before));
  CHECK(read_roots(shelf.store).keeps(after));
}

TEST_CASE("a link to another link to the entry is a root, and so is one into the entry") {
  const Shelf shelf;
  const std::string entry = shelf.put('a');
  shelf.scratch.directory("store/" + entry + "/share/go");
  shelf.scratch.directory("store/roots");
  SUBCASE("by way of another") {
    shelf.scratch.link("second", shelf.store.path(entry).string());
    shelf.scratch.link("first", "second");
    shelf.scratch.link("store/roots/mine", (shelf.scratch / "first").string());
  }
  SUBCASE("into it") {
    shelf.scratch.link("store/roots/mine", (shelf.store.path(entry) / "share/go").string());
  }
  CHECK(read_roots(shelf.store).keeps(entry));
}

TEST_CASE("a link in roots/ that leads straight to an entry is its own root") {
  const Shelf shelf;
  const std::string entry = shelf.put('a');
  shelf.scratch.directory("store/roots");
  shelf.scratch.link("store/roots/mine", "../" + entry);
  CHECK(read_roots(shelf.store).links.at(entry) == Paths{shelf.store.roots() / "mine"});
}

TEST_CASE("a link that leads out of the store, or to the store itself, is dead") {
  const Shelf shelf;
  shelf.put('a');
  shelf.scratch.directory("store/roots");
  shelf.scratch.link("store/roots/out", shelf.scratch.path().string());
  shelf.scratch.link("store/roots/self", shelf.store.root().string());
  CHECK(read_roots(shelf.store).links.empty());
  CHECK(read_roots(shelf.store).dead == Paths{shelf.store.roots() / "out", shelf.store.roots() / "self"});
}

TEST_CASE("what is no link, or on its way to its name, is neither root nor dead") {
  const Shelf shelf;
  const std::string entry = shelf.put('a');
  shelf.scratch.file("store/roots/file", "");
  shelf.scratch.link("store/roots/half" + std::string(AtomicFile::ending), "/nowhere");
  const Roots roots = read_roots(shelf.store);
  CHECK(roots.links.empty());
  CHECK(roots.dead.empty());
}

TEST_CASE("roots that cannot be read are an error: nothing may be removed then") {
  const Shelf shelf;
  shelf.put('a');
  shelf.scratch.file("store/roots", "no directory");
  CHECK(contains(error_of([&] { read_roots(shelf.store); }),
                 "read the roots in " + shelf.store.roots().string()));
}

TEST_CASE("a root that is there is led to another entry") {
  const Shelf shelf;
  const std::string before = shelf.put('a'), after = shelf.put('b');
  add_root(shelf.store, before, shelf.scratch / "root");
  add_root(shelf.store, after, shelf.scratch / "root");
  CHECK(fs::read_symlink(shelf.scratch / "root") == shelf.store.path(after));
  CHECK_FALSE(read_roots(shelf.store).keeps(before));
  CHECK(read_roots(shelf.store).dead.empty());
}

TEST_CASE("a link to an entry that is gone is replaced as well") {
  const Shelf shelf;
  const std::string entry = shelf.put('b');
  shelf.scratch.link("root", shelf.store.path(std::string(32, 'a') + "-gone").string());
  add_root(shelf.store, entry, shelf.scratch / "root");
  CHECK(read_roots(shelf.store).keeps(entry));
}

TEST_CASE("what is the user's own is not replaced by a root") {
  const Shelf shelf;
  const std::string entry = shelf.put('a');
  shelf.scratch.file("file", "mine");
  shelf.scratch.directory("directory");
  shelf.scratch.link("link", "file");
  shelf.scratch.link("dangling", "nowhere");
  for (const std::string name : {"file", "directory", "link", "dangling"}) {
    CAPTURE(name);
    const std::string error = refusal(shelf, entry, shelf.scratch / name);
    CHECK(contains(error, "make the root " + (shelf.scratch / name).string()));
    CHECK(contains(error, "something is there already that is no link into the store"));
  }
  CHECK(read_file(shelf.scratch / "file") == "mine");
  CHECK_FALSE(read_roots(shelf.store).keeps(entry));
}

TEST_CASE("a root that leads to one's own entry is not led to a stranger's") {
  const Shelf shelf;
  const std::string own = shelf.put('a'), strangers = shelf.put('b', {.strangers = true}),
                    other = shelf.put('c', {.strangers = true});
  add_root(shelf.store, own, shelf.scratch / "root");
  CHECK(contains(refusal(shelf, strangers, shelf.scratch / "root"), "it leads to " + own));
  CHECK(fs::read_symlink(shelf.scratch / "root") == shelf.store.path(own));
  add_root(shelf.store, strangers, shelf.scratch / "theirs");
  CHECK(refusal(shelf, other, shelf.scratch / "theirs") == "");
}
