#include "store/prune.hpp"

#include "store/roots.hpp"
#include "store/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const std::chrono::system_clock::time_point now = *parse_utc("2026-06-01T00:00:00Z");

struct Bench : Shelf {
  PruneOptions options;
  Silent silent;

  PrunePlan plan() const { return plan_prune(store, options, now); }
  Pruned prune(const PrunePlan& plan) { return ::gostrap::prune(store, plan, silent); }
};

using Paths = std::vector<fs::path>;

const Of older{.made = "2025-01-01T00:00:00Z"};
const Of other{.port = "linux/arm64"};

}  // namespace

TEST_CASE("logs, provenances and locks of what is not there are remains, unless it is being made") {
  Bench shelf;
  const std::string key(32, 'd'), entry = key + "-go1.99.0-sdk";
  shelf.store.prepare();
  shelf.scratch.file("store/logs/" + entry + ".log", "");
  shelf.scratch.file("store/provenance/" + entry + ".json", "{}");
  shelf.scratch.file("store/locks/" + key, "");
  CHECK(shelf.plan().remains ==
        Paths{shelf.store.log(entry), shelf.store.provenance_file(entry), shelf.store.lock_file(key)});
  {
    const FileLock lock = shelf.store.lock(key, {});
    CHECK(shelf.plan().remains.empty());
  }
  shelf.prune(shelf.plan());
  CHECK_FALSE(fs::exists(shelf.store.log(entry)));
  CHECK_FALSE(fs::exists(shelf.store.provenance_file(entry)));
  CHECK_FALSE(fs::exists(shelf.store.lock_file(key)));
}

TEST_CASE("what goes, goes with all that lies beside it") {
  Bench shelf;
  const std::string old = shelf.put('a', older), young = shelf.put('b');
  shelf.scratch.file("store/logs/" + old + ".log", "");
  shelf.store.prepare();
  const PrunePlan plan = shelf.plan();
  CHECK(plan.frees >= 10'000);
  CHECK(fs::exists(shelf.store.path(old)));
  const Pruned pruned = shelf.prune(plan);
  REQUIRE(pruned.removed.size() == 1);
  CHECK(pruned.removed[0].entry == old);
  CHECK(pruned.left.empty());
  CHECK(pruned.freed == plan.frees);
  for (const fs::path& gone :
       {shelf.store.path(old), shelf.store.log(old), shelf.store.provenance_file(old),
        shelf.store.lock_file(std::string(32, 'a')), shelf.store.use_file(std::string(32, 'a'))})
    CHECK_MESSAGE(!fs::exists(gone), gone);
  CHECK(fs::exists(shelf.store.path(young) / "file"));
  CHECK(fs::exists(shelf.store.provenance_file(young)));
  CHECK(fs::is_empty(shelf.store.work()));
}

TEST_CASE("what was taken into use or given a root since the plan was made is left") {
  Bench shelf;
  shelf.options.keep = 0;
  const std::string used = shelf.put('a'), rooted = shelf.put('b', other);
  shelf.store.prepare();
  const PrunePlan plan = shelf.plan();
  REQUIRE(plan.entries.size() == 2);
  const auto use = shelf.store.use(std::string(32, 'a'));
  add_root(shelf.store, rooted, shelf.scratch / "root");
  const Pruned pruned = shelf.prune(plan);
  CHECK(pruned.removed.empty());
  CHECK(pruned.left.size() == 2);
  CHECK(fs::exists(shelf.store.path(used)));
  CHECK(fs::exists(shelf.store.path(rooted)));
}

TEST_CASE("a root that leads nowhere goes, unless it leads somewhere by now") {
  Bench shelf;
  const std::string entry = shelf.put('a');
  add_root(shelf.store, entry, shelf.scratch / "one");
  add_root(shelf.store, entry, shelf.scratch / "two");
  fs::remove(shelf.scratch / "one");
  fs::remove(shelf.scratch / "two");
  const PrunePlan plan = shelf.plan();
  REQUIRE(plan.dead_roots.size() == 2);
  shelf.scratch.link("two", shelf.store.path(entry).string());
  shelf.prune(plan);
  CHECK(std::distance(fs::directory_iterator(shelf.store.roots()), {}) == 1);
  CHECK(read_roots(shelf.store).links.at(entry) == Paths{shelf.scratch / "two"});
}

TEST_CASE("an entry that another prune removed meanwhile is no trouble") {
  Bench shelf;
  const std::string old = shelf.put('a', older);
  shelf.put('b');
  const PrunePlan plan = shelf.plan();
  remove_tree(shelf.store.path(old));
  CHECK(shelf.prune(plan).removed.empty());
}
