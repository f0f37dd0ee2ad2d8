#include "road/realise.hpp"

#include "road/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Names = std::vector<std::string>;

Plan plan_of(std::vector<Step> steps) {
  Plan plan;
  for (Step& step : steps) plan.goals.push_back(plan.add(std::move(step), "asked for"));
  return plan;
}

Provenance provenance(const Road& road, const PlannedStep& step) {
  return read_provenance(road.store.provenance_file(step.entry()));
}

}  // namespace

TEST_CASE("what is not there is made, whole and read-only") {
  Road road;
  const Plan plan = plan_of({SourceStep{&road.release()}});
  const Realised realised = road.realise(plan);
  CHECK_FALSE(realised.failure.has_value());
  REQUIRE(realised.goals.size() == 1);
  REQUIRE(realised.goals[0] == road.place(plan.steps[0]));
  CHECK(nar_hash(*realised.goals[0]).digest == road.release().source);
  CHECK((fs::status(*realised.goals[0]).permissions() & fs::perms(0222)) == fs::perms::none);
}

TEST_CASE("a watcher hears how many steps there are, and of each its begin and its end") {
  Road road;
  road.realise(plan_of({SourceStep{&road.release()}}));
  CHECK(road.watcher.expected == 1);
  CHECK(road.watcher.begun == Names{"go1.99.0-source"});
  CHECK(road.watcher.ended == Names{"go1.99.0-source"});
}

TEST_CASE("the provenance of what was made says what it is, why, and where it came from") {
  Road road;
  const Plan plan = plan_of({SourceStep{&road.release()}});
  road.realise(plan);
  const Provenance made = provenance(road, plan.steps[0]);
  CHECK(made.name == "go1.99.0-source");
  CHECK(made.key == plan.steps[0].key);
  CHECK(made.inputs.value().text == plan.steps[0].inputs);
  CHECK(made.why == "asked for");
  CHECK(made.making.value().origin == road.release().origins.front());
  CHECK(made.making.value().nar == sri(road.release().nar()));
  CHECK(made.from.empty());
}

TEST_CASE("what is there is not made again, nor is anything else touched") {
  Road road;
  const Plan plan = plan_of({SourceStep{&road.release()}});
  road.scratch.file("store/" + plan.steps[0].entry() + "/mine", "");
  const Realised realised = road.realise(plan);
  CHECK(realised.goals.front() == road.place(plan.steps[0]));
  CHECK(road.watcher.begun.empty());
  CHECK(fs::exists(road.place(plan.steps[0]) / "mine"));
  CHECK_FALSE(fs::exists(road.store.work()));
}

TEST_CASE("a step comes after the one that it needs, and its provenance holds that one's") {
  Road road;
  Plan plan = plan_of({SourceStep{&road.release()}});
  plan.goals = {plan.add(Road::patched(road.release(), 0), "asked for")};
  const Realised realised = road.realise(plan);
  REQUIRE(realised.goals[0].has_value());
  CHECK(road.watcher.begun == Names{plan.steps[0].name(), plan.steps[1].name()});
  CHECK(read_file(*realised.goals[0] / "src/a.go") == "b\n");
  const Provenance made = provenance(road, plan.steps[1]);
  REQUIRE(made.from.size() == 1);
  CHECK(made.from[0].key == plan.steps[0].key);
}

TEST_CASE("the text of a patch stays in the store") {
  Road road;
  Plan plan = plan_of({SourceStep{&road.release()}});
  plan.goals = {plan.add(Road::patched(road.release(), 0), "asked for")};
  road.realise(plan);
  CHECK(read_file(road.store.patch(Road::patch().digest)) == Road::patch().text);
}

TEST_CASE("an SDK shares its files with the host that it was made from") {
  Road road;
  const Plan plan = road.sdk();
  CHECK(fs::equivalent(road.place(plan.steps[1]) / "share/go/bin/gofmt",
                       road.place(plan.steps[2]) / "share/go/bin/gofmt"));
}

TEST_CASE("a step that fails leaves nothing, and the others are made all the same") {
  Road road;
  road.lose_source("1.98.0");
  road.release("1.99.0");
  const Plan plan = plan_of({SourceStep{&road.release("1.98.0")}, SourceStep{&road.release("1.99.0")}});
  const Realised realised = road.realise(plan);
  CHECK_FALSE(realised.goals.at(0).has_value());
  CHECK(realised.goals.at(1) == road.place(plan.steps[1]));
  CHECK_FALSE(fs::exists(road.place(plan.steps[0])));
  CHECK_FALSE(fs::exists(road.store.provenance_file(plan.steps[0].entry())));
  CHECK(fs::is_empty(road.store.work()));
  REQUIRE(realised.failure.has_value());
  CHECK(contains(realised.failure->what(), "nothing at that path"));
}

TEST_CASE("whoever watches hears why a step failed") {
  Road road;
  road.lose_source();
  road.realise(plan_of({SourceStep{&road.release()}}));
  REQUIRE(road.watcher.ended.size() == 1);
  CHECK(contains(road.watcher.ended[0], "go1.99.0-source: "));
  CHECK(contains(road.watcher.ended[0], "nothing at that path"));
}

TEST_CASE("several failures are one error, with what was left out for their sake") {
  Road road;
  road.lose_source("1.98.0");
  road.lose_source("1.99.0");
  Plan plan = plan_of({SourceStep{&road.release("1.98.0")}, SourceStep{&road.release("1.99.0")}});
  plan.goals.push_back(plan.add(Road::patched(road.release("1.98.0"), 0), "asked for"));
  const Realised realised = road.realise(plan);
  REQUIRE(realised.failure.has_value());
  CHECK(realised.failure->doing() == "make all 3 steps");
  CHECK(realised.failure->why().starts_with(
      "2 failed, and 1 that need them were left out:\n  go1.98.0-source: "));
  CHECK(contains(realised.failure->why(), "\n  go1.99.0-source: "));
  CHECK(contains(realised.failure->next(), "the same command goes on from there"));
}

TEST_CASE("a stranger's entry in the place of a step is moved aside, and stays") {
  Road road;
  const Plan plan = road.sdk();
  const std::string entry = plan.steps[2].entry();
  remove_tree(road.store.path(entry));
  road.scratch.file("store/" + entry + "/theirs", "");
  road.scratch.file("store/provenance/" + entry + ".json", R"({"inputs": )" + plan.steps[2].inputs +
                                                               R"(, "installed": {"bundle": "sha256:)" +
                                                               std::string(64, 'b') + R"("}})");
  CHECK(road.realise(plan).goals.front() == road.store.path(entry));
  CHECK_FALSE(fs::exists(road.store.path(entry) / "theirs"));
  CHECK_FALSE(road.store.is_strangers(entry));
  const std::vector<StoreEntry> entries = road.store.entries();
  REQUIRE(entries.back().is_strangers());
  CHECK(fs::exists(entries.back().path / "theirs"));
  CHECK(road.watcher.notes ==
        Names{entry + " was brought by a bundle that nobody vouches for: moved aside."});
}

TEST_CASE("what was in the store when the plan was made, and is gone, is told") {
  Road road;
  Plan plan = road.sdk();
  plan.steps[1].step.reset();
  remove_tree(road.place(plan.steps[1]));
  remove_tree(road.place(plan.steps[2]));
  const std::string error = error_of([&] { road.realise(plan); });
  CHECK(
      contains(error, "cannot use " + plan.steps[1].name() + ": it was in the store when the plan was made"));
  CHECK(contains(error, "Run the same command again."));
}

TEST_CASE("what another gostrap makes is waited for, and taken") {
  Road road;
  const Plan plan = plan_of({SourceStep{&road.release()}});
  road.store.prepare();
  std::optional<FileLock> other(road.store.lock(plan.steps[0].key, {}));
  road.watcher.on_note = [&] {
    road.scratch.file("store/" + plan.steps[0].entry() + "/theirs", "");
    other.reset();
  };
  const Realised realised = road.realise(plan);
  CHECK(road.watcher.notes == Names{"Another gostrap is making go1.99.0-source: waiting for it."});
  REQUIRE(realised.goals[0].has_value());
  CHECK(fs::exists(*realised.goals[0] / "theirs"));
}

TEST_CASE("the log of an attempt before is no log of this one") {
  Road road;
  const Plan plan = plan_of({SourceStep{&road.release()}});
  road.store.prepare();
  const fs::path log = road.scratch.file("store/logs/" + plan.steps[0].entry() + ".log", "older");
  road.realise(plan);
  CHECK_FALSE(fs::exists(log));
  CHECK(provenance(road, plan.steps[0]).log == "");
}
