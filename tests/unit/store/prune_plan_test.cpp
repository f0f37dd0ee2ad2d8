#include "store/prune.hpp"
#include "store/roots.hpp"
#include "store/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;
using namespace std::chrono_literals;

namespace {

const std::chrono::system_clock::time_point now = *parse_utc("2026-06-01T00:00:00Z");

struct Bench : Shelf {
  PruneOptions options;

  PrunePlan plan() const { return plan_prune(store, options, now); }
  std::vector<std::string> may_go() const {
    std::vector<std::string> names;
    for (const StoreEntry& entry : plan().entries) names.push_back(entry.entry);
    return names;
  }
  /// Why an entry stays; "" where it does not.
  std::string why_kept(const std::string& entry) const {
    for (const PrunePlan::Kept& kept : plan().kept) {
      if (kept.entry.entry == entry) return kept.why;
    }
    return {};
  }
};

using Names = std::vector<std::string>;
using Paths = std::vector<fs::path>;

const Of older{.made = "2025-01-01T00:00:00Z"};
const Of other{.port = "linux/arm64"};

}  // namespace

TEST_CASE("of what is alike the newest stays, and the others may go") {
  const Bench shelf;
  const std::string old = shelf.put('a', older), young = shelf.put('b');
  CHECK(shelf.may_go() == Names{old});
  CHECK(shelf.why_kept(young) == "the newest");
}

TEST_CASE("as many stay as are wanted, none among them") {
  Bench shelf;
  const std::string old = shelf.put('a', older), young = shelf.put('b');
  shelf.options.keep = 2;
  CHECK(shelf.may_go().empty());
  CHECK(shelf.why_kept(old) == "among the newest");
  shelf.options.keep = 0;
  CHECK(shelf.may_go() == Names{young, old});
}

TEST_CASE("another port, or another kind, is nothing that it could be replaced by") {
  const Bench shelf;
  shelf.put('a', older);
  shelf.put('b', other);
  shelf.put('c', {.step = "toolchain"});
  CHECK(shelf.may_go().empty());
}

TEST_CASE("what a stranger brought replaces nothing of one's own") {
  const Bench shelf;
  const std::string own = shelf.put('a', older);
  const std::string theirs = shelf.put('b', {.strangers = true});
  CHECK(shelf.why_kept(own) == "the newest");
  CHECK(shelf.may_go() == Names{theirs});
}

TEST_CASE("younger ones than asked for stay") {
  Bench shelf;
  shelf.put('b');
  const std::string old = shelf.put('a', older);
  shelf.options.older_than = 24h * 1000;
  CHECK(shelf.why_kept(old) == "not old enough");
  shelf.options.older_than = 24h * 100;
  CHECK(shelf.may_go() == Names{old});
}

TEST_CASE("a root keeps its entry, and is named") {
  Bench shelf;
  shelf.options.keep = 0;
  const std::string entry = shelf.put('a');
  add_root(shelf.store, entry, shelf.scratch / "root");
  CHECK(shelf.why_kept(entry) == "root " + (shelf.scratch / "root").string());
}

TEST_CASE("what somebody uses or makes stays") {
  Bench shelf;
  shelf.options.keep = 0;
  const std::string used = shelf.put('a'), made = shelf.put('b', other);
  shelf.store.prepare();
  {
    const auto use = shelf.store.use(std::string(32, 'a'));
    const FileLock lock = shelf.store.lock(std::string(32, 'b'), {});
    CHECK(shelf.why_kept(used) == "in use");
    CHECK(shelf.why_kept(made) == "in use");
  }
  CHECK(shelf.may_go().size() == 2);
}

TEST_CASE("an entry that is a link to another disk is its user's to remove") {
  Bench shelf;
  shelf.options.keep = 0;
  const std::string entry = shelf.put('a');
  fs::rename(shelf.store.path(entry), shelf.scratch / "disk");
  shelf.scratch.link("store/" + entry, (shelf.scratch / "disk").string());
  CHECK(shelf.why_kept(entry) ==
        "a link to " + (shelf.scratch / "disk").string() + ", which is yours to remove");
}

TEST_CASE("what has no readable provenance is not judged") {
  Bench shelf;
  shelf.options.keep = 0;
  const std::string entry = shelf.put('a');
  shelf.scratch.file("store/provenance/" + entry + ".json", "{");
  CHECK(shelf.may_go().empty());
  CHECK(shelf.plan().unknown == Paths{shelf.store.path(entry)});
}

TEST_CASE("what is not called as an entry is, is not looked at") {
  const Bench shelf;
  shelf.scratch.directory("store/mine");
  shelf.scratch.directory("store/" + std::string(32, 'x') + "-mine");
  shelf.scratch.file("store/logs/mine.log", "");
  CHECK(shelf.plan().unknown.empty());
  CHECK(shelf.plan().remains.empty());
}
