#include "store/store.hpp"

#include "store/located.hpp"
#include "support/files.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const std::string bundle = "sha256:" + std::string(64, 'b');

/// A store with entries that have a provenance and an empty directory.
class Shelf {
 public:
  Store store() const { return Store(scratch_ / "store"); }

  /// `more` is what the provenance has beside its inputs, and `more_inputs` what these have.
  std::string put(char key, const std::string& more, const std::string& step = "sdk",
                  const std::string& more_inputs = "") {
    const std::string entry = std::string(32, key) + "-go1.99.0-" + step;
    const std::string port = step == "source" ? "" : R"(, "port": "linux/riscv64")";
    scratch_.directory("store/" + entry);
    scratch_.file(
        "store/provenance/" + entry + ".json",
        R"({"inputs": {"step": ")" + step +
            R"(", "release": "1.99.0", "source": "sha256-jeCzxH8RLFl0X3F6YmkyJkxCKnVjlUhy4jeyI69K1kM=")" +
            port + more_inputs + "}" + (more.empty() ? "" : ", " + more) + "}");
    return entry;
  }
  StoreEntry only() const { return store().entries().at(0); }

 private:
  Scratch scratch_;
};

std::string installed(const std::string& signer, const std::string& vouched,
                      const std::string& made = "2026-01-01T00:00:00Z") {
  return R"("installed": {"made": ")" + made + R"(", "bundle": ")" + bundle + R"(", "signedBy": ")" + signer +
         "\"" + (vouched.empty() ? "" : ", \"vouched\": " + vouched) + "}";
}

Release release() {
  Release release;
  release.version = {1, 99, 0};
  release.source = sha256("S");
  return release;
}

const Port riscv64{"linux", "riscv64"};

}  // namespace

TEST_CASE("whose an entry is: built, vouched for by a named key, or a stranger's") {
  Shelf shelf;
  SUBCASE("built here") {
    shelf.put('a', R"("made": "2026-01-01T00:00:00Z")");
    CHECK(shelf.only().origin == Origin::built);
    CHECK(shelf.only().whence().empty());
  }
  SUBCASE("vouched") {
    shelf.put('a', installed("SHA256:key", "true"));
    CHECK(shelf.only().origin == Origin::vouched);
    CHECK(shelf.only().whence() == "from the bundle " + bundle + ", signed by SHA256:key");
  }
  SUBCASE("unsigned") {
    shelf.put('a', installed("", "false"));
    CHECK(shelf.only().is_strangers());
    CHECK(shelf.only().whence() == "unsigned, from the bundle " + bundle);
  }
  SUBCASE("signed by somebody whom nobody named") {
    shelf.put('a', installed("SHA256:key", "false"));
    CHECK(shelf.only().is_strangers());
  }
  SUBCASE("by a gostrap that did not note what was named") {
    shelf.put('a', installed("SHA256:key", ""));
    CHECK(shelf.only().is_strangers());
  }
  SUBCASE("words of another kind vouch for nothing") {
    shelf.put('a', R"("installed": {"vouched": "true"})");
    CHECK(shelf.only().is_strangers());
    shelf.put('a', R"("installed": [true])");
    CHECK(shelf.only().is_strangers());
  }
  SUBCASE("made here with what a stranger brought") {
    shelf.put('a', R"("from": [{"inputs": {"step": "host"}, )" + installed("", "false") + "}]");
    CHECK(shelf.only().is_strangers());
    CHECK(contains(shelf.only().whence(), bundle));
  }
  SUBCASE("made here from a source that a stranger brought: it is as pinned") {
    shelf.put('a', R"("from": [{"inputs": {"step": "source"}, )" + installed("", "false") + "}]");
    CHECK(shelf.only().origin == Origin::built);
  }
  SUBCASE("a source is what its pin says") {
    shelf.put('a', installed("", "false"), "source");
    CHECK(shelf.only().origin == Origin::pinned);
  }
}

TEST_CASE("a stranger's entry is the last that is found, whatever it says of its age") {
  Shelf shelf;
  shelf.put('a', R"("made": "2099-01-01T00:00:00Z", )" + installed("", "false", "2099-01-01T00:00:00Z"));
  const std::string ours = shelf.put('b', R"("made": "2020-01-01T00:00:00Z")");
  CHECK(shelf.store().find(Kind::sdk, release(), riscv64)->entry == ours);
  CHECK(shelf.store().entries().size() == 2);
}

TEST_CASE("an SDK that a newer gostrap has put into the store is not in the way") {
  Shelf shelf;
  const std::string ours = shelf.put('a', R"("made": "2026-01-01T00:00:00Z")");
  shelf.put('b', R"("made": "2026-02-01T00:00:00Z")", "sdk", R"(, "layout": 99)");
  CHECK(shelf.store().entries().size() == 1);
  CHECK(shelf.store().find(Kind::sdk, release(), riscv64)->entry == ours);
}

TEST_CASE("the hour of what a bundle brought is that of its installing") {
  Shelf shelf;
  shelf.put('a', R"("made": "2099-01-01T00:00:00Z", )" + installed("SHA256:key", "true"));
  CHECK(utc_text(shelf.only().made) == "2026-01-01T00:00:00Z");
}

TEST_CASE("of an entry whose hour is none that of its provenance's file is taken") {
  for (const char* const made : {"5", "\"\\u001b]0;x\\u0007\"", "[]"}) {
    Shelf shelf;
    shelf.put('a', std::string("\"made\": ") + made);
    CHECK(time_now() - shelf.only().made < std::chrono::hours(1));
  }
}

TEST_CASE("a stranger's entry that is in the way gets another key") {
  Shelf shelf;
  const std::string entry = shelf.put('a', installed("", "false"));
  CHECK(shelf.store().is_strangers(entry));
  shelf.store().move_aside(entry);
  CHECK_FALSE(shelf.store().has(entry));
  CHECK_FALSE(fs::exists(shelf.store().provenance_file(entry)));
  REQUIRE(shelf.store().entries().size() == 1);
  CHECK(shelf.only().is_strangers());
}

TEST_CASE("a name that a user types is resolved once") {
  Shelf shelf;
  const std::string entry = shelf.put('a', R"("made": "2026-01-01T00:00:00Z")");
  const Scratch elsewhere;
  const fs::path root = shelf.store().root();
  fs::create_symlink(root / entry, elsewhere / "root");
  fs::create_symlink("root", elsewhere / "second");
  fs::create_symlink(root, elsewhere / "store");
  for (const fs::path& named : {root / entry, elsewhere / "root", elsewhere / "second",
                                elsewhere / "store" / entry, fs::path((elsewhere / "root").string() + "/")}) {
    CHECK(locate(shelf.store(), named).entry == entry);
    CHECK(locate(shelf.store(), named).tree == fs::canonical(root / entry));
  }
  CHECK(locate(shelf.store(), root / entry / "..").entry.empty());
  CHECK(locate(shelf.store(), elsewhere / "nothing").entry.empty());

  fs::rename(root / entry, elsewhere / "disk");
  fs::create_symlink(elsewhere / "disk", root / entry);
  CHECK(locate(shelf.store(), root / entry).entry == entry);
  CHECK(locate(shelf.store(), root / entry).tree == fs::canonical(elsewhere / "disk"));
}
