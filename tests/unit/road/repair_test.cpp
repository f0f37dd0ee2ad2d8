#include "road/repair.hpp"

#include "road/samples.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Names = std::vector<std::string>;

struct Bench : Road {
  std::optional<fs::path> bootstrap;

  Names repair(const fs::path& path) {
    watcher.begun.clear();
    return ::gostrap::repair(path, {releases, store, options, bootstrap}, watcher);
  }
  std::string refusal(const fs::path& path) {
    return error_of([&] { repair(path); });
  }
  /// A source that was made from its directory.
  fs::path source() {
    Plan plan;
    plan.goals = {plan.add(SourceStep{&release()}, "asked for")};
    return realise(plan).goals.front().value();
  }
  /// Changes what the provenance of an entry says.
  void rewrite(const fs::path& entry, const std::function<void(Json&)>& change) {
    const fs::path file = store.provenance_file(entry.filename().string());
    Json json = Json::parse(read_file(file));
    change(json);
    write_file(file, json.dump());
  }
};

}  // namespace

TEST_CASE("what is sound is left as it is") {
  Bench bench;
  const Plan plan = bench.sdk();
  CHECK(bench.repair(bench.place(plan.steps[2])).empty());
  CHECK(bench.watcher.begun.empty());
}

TEST_CASE("what is damaged is made again in its place, and what it was made from is left") {
  Bench bench;
  const Plan plan = bench.sdk();
  const fs::path sdk = bench.place(plan.steps[2]);
  const std::string launcher = read_file(sdk / "bin/go");
  Road::damage(sdk / "bin/go");
  CHECK(bench.repair(sdk) == Names{plan.steps[2].name()});
  CHECK(read_file(sdk / "bin/go") == launcher);
  CHECK(bench.watcher.begun == Names{plan.steps[2].name()});
  CHECK(bench.watcher.notes == Names{plan.steps[2].name() + " is damaged: it is made again."});
  CHECK(fs::is_empty(bench.store.work()));
}

TEST_CASE("what lies there too much, or may be written by everybody, is damage as well") {
  Bench bench;
  const fs::path sdk = bench.place(bench.sdk().steps[2]);
  fs::permissions(sdk, fs::perms::owner_all);
  bench.scratch.file("store/" + sdk.filename().string() + "/more", "");
  CHECK(bench.repair(sdk).size() == 1);
  CHECK_FALSE(fs::exists(sdk / "more"));
  fs::permissions(sdk / "bin/go", fs::perms(0777));
  CHECK(bench.repair(sdk).size() == 1);
}

TEST_CASE("what a sound entry was made from need not be there") {
  Bench bench;
  const Plan plan = bench.sdk();
  remove_tree(bench.place(plan.steps[0]));
  remove_tree(bench.place(plan.steps[1]));
  CHECK(bench.repair(bench.place(plan.steps[2])).empty());
}

TEST_CASE("a source is made again from its origin, and held against its pin") {
  Bench bench;
  const fs::path source = bench.source();
  Road::damage(source / "src/a.go");
  CHECK(bench.repair(source) == Names{"go1.99.0-source"});
  CHECK(nar_hash(source).digest == bench.release().source);
}

TEST_CASE("what cannot be made again stays where it is, damaged") {
  Bench bench;
  const fs::path source = bench.source();
  Road::damage(source / "src/a.go");
  bench.lose_source();
  CHECK(contains(bench.refusal(source), "nothing at that path"));
  CHECK(read_file(source / "src/a.go") == "a\nmore");
  CHECK((fs::status(source).permissions() & fs::perms(0777)) == fs::perms(0555));
}

TEST_CASE("a patched source has no pin: what its provenance says of it is what it must be") {
  Bench bench;
  Plan plan;
  plan.add(SourceStep{&bench.release()}, "for the patched one");
  plan.goals = {plan.add(Road::patched(bench.release(), 0), "asked for")};
  const fs::path source = bench.realise(plan).goals.front().value();
  CHECK(bench.repair(source).empty());
  fs::permissions(source / "VERSION", fs::perms(0755));
  CHECK(bench.repair(source) == Names{plan.steps[1].name()});
  CHECK(bench.repair(source).empty());
}

TEST_CASE("a host is built again by the very Go that it was built by, or not at all") {
  Bench bench;
  const Plan plan = bench.sdk();
  // the host has this file too, under another name
  Road::damage(bench.place(plan.steps[2]) / "share/go/bin/gofmt");
  bench.scratch.file("other/bin/go", "#!/bin/sh\necho 'go version go1.98.0 linux/amd64'\n", true);
  bench.bootstrap = bench.scratch / "other";
  const std::string error = bench.refusal(bench.place(plan.steps[2]));
  CHECK(contains(error, "it was built from go1.98.0 with SHA-256 " + hex(sha256("x"))));
  CHECK(contains(error, "Name it: --bootstrap GOROOT."));
  CHECK(fs::exists(bench.place(plan.steps[1])));
  CHECK(fs::exists(bench.place(plan.steps[2])));
}

TEST_CASE("what is no entry of the store cannot be made again") {
  Bench bench;
  const fs::path source = bench.source();
  const std::string refused = "it is no entry of the store " + bench.store.root().string();
  CHECK(contains(bench.refusal(bench.scratch.directory("elsewhere")), refused));
  CHECK(contains(bench.refusal(source / "src"), refused));
  fs::remove(bench.store.provenance_file(source.filename().string()));
  CHECK(contains(bench.refusal(source), refused));
}

TEST_CASE("what a bundle brought without a word of its making is to be installed again") {
  Bench bench;
  const fs::path source = bench.source();
  bench.rewrite(source, [](Json& json) {
    json["installed"] = {
        {"made", "2026-01-01T00:00:00Z"}, {"bundle", ""}, {"signedBy", ""}, {"vouched", true}};
    json["key"] = std::string(32, '0');
  });
  const std::string error = bench.refusal(source);
  CHECK(contains(error, "it came with a bundle that does not say what it was made from"));
  CHECK(contains(error, "rm -r " + source.string()));
}

TEST_CASE("a stranger's entry is not made again, whatever it says of its making") {
  Bench bench;
  const fs::path sdk = bench.place(bench.sdk().steps[2]);
  bench.rewrite(sdk, [](Json& json) {
    json["installed"] = {
        {"made", "2026-01-01T00:00:00Z"}, {"bundle", ""}, {"signedBy", ""}, {"vouched", false}};
  });
  CHECK(contains(bench.refusal(sdk), "it came with a bundle"));
}

TEST_CASE("a provenance that does not hold together is not followed") {
  Bench bench;
  const fs::path sdk = bench.place(bench.sdk().steps[2]);
  const std::string cannot = "the provenance of go1.99.0-sdk-linux-riscv64 cannot be followed: ";
  const std::string whole = read_file(bench.store.provenance_file(sdk.filename().string()));
  SUBCASE("another key than that of its inputs") {
    bench.rewrite(sdk, [](Json& json) { json["inputs"]["port"] = "linux/arm64"; });
    CHECK(contains(bench.refusal(sdk), cannot + "its inputs do not hash to its key"));
  }
  SUBCASE("no inputs") {
    bench.rewrite(sdk, [](Json& json) { json.erase("inputs"); });
    CHECK(contains(bench.refusal(sdk), cannot + "it does not say what it was made from"));
  }
  SUBCASE("nothing that it was made from") {
    bench.rewrite(sdk, [](Json& json) { json["from"] = Json::array(); });
    CHECK(contains(bench.refusal(sdk), cannot + "it does not say what host it was made from"));
  }
  SUBCASE("a release that is another one by now") {
    Release other = bench.release();
    other.source = sha256("another");
    bench.releases.put(other);
    CHECK(contains(bench.refusal(sdk), cannot + "go1.99.0 is now pinned to " + sri(other.nar())));
  }
}
