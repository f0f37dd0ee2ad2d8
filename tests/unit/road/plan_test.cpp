#include "road/plan.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Releases shipped() {
  return Releases::load("/no/such/file");
}

const Port riscv64{"linux", "riscv64"};
const Port wasm{"js", "wasm"};

/// A Go 1.23.5 to name with --bootstrap.
fs::path bootstrap(const Scratch& scratch, const std::string& version = "1.23.5") {
  scratch.file("go" + version + "/bin/go", "#!/bin/sh\necho 'go version go" + version + " linux/amd64'\n",
               true);
  return scratch / ("go" + version);
}

struct Asked {
  Kind kind;
  Port port;
  bool reference = false;
};

PlanRequest request_for(const std::string& release, const std::vector<Asked>& asked) {
  static const Releases releases = shipped();
  PlanRequest request;
  request.release = &releases.get(release);
  for (const Asked& each : asked)
    request.goals.push_back({each.kind, request.release->at(each.port), each.reference});
  return request;
}

Plan plan(const Scratch& scratch, const std::string& release, const std::vector<Asked>& asked,
          const std::string& from = "1.23.5") {
  static const Releases releases = shipped();
  PlanRequest request = request_for(release, asked);
  if (!from.empty()) request.bootstrap = bootstrap(scratch, from);
  return make_plan(request, releases, Store(scratch / "store"));
}

std::vector<std::string> names(const Plan& plan) {
  std::vector<std::string> names;
  for (const PlannedStep& step : plan.steps) names.push_back(step.name());
  return names;
}

/// Puts an entry for a step into the store, as realise() leaves it.
void pretend_made(const Scratch& scratch, const PlannedStep& step) {
  scratch.directory("store/" + step.entry());
  scratch.file("store/provenance/" + step.entry() + ".json",
               Json{{"inputs", Json::parse(step.inputs)}, {"made", "2026-11-23T07:00:00Z"}}.dump());
}

std::string host_name() {
  return "go1.24.4-host-" + own_port().dashed();
}

}  // namespace

TEST_CASE("an SDK needs source, host and itself") {
  const Scratch scratch;
  const Plan made = plan(scratch, "1.24.4", {{Kind::sdk, riscv64}});
  CHECK(names(made) ==
        std::vector<std::string>{"go1.24.4-source", host_name(), "go1.24.4-sdk-linux-riscv64"});
  CHECK(made.goals == std::vector<std::size_t>{2});
}

TEST_CASE("one host serves every port") {
  const Scratch scratch;
  const Plan made = plan(scratch, "1.24.4", {{Kind::sdk, riscv64}, {Kind::sdk, wasm}});
  CHECK(made.steps.size() == 4);
  CHECK(made.steps[2].needs == std::vector<std::size_t>{1});
  CHECK(made.steps[3].needs == std::vector<std::size_t>{1});
}

TEST_CASE("the same port twice is one step") {
  const Scratch scratch;
  const Plan made = plan(scratch, "1.24.4", {{Kind::sdk, riscv64}, {Kind::sdk, riscv64}});
  CHECK(made.steps.size() == 3);
  CHECK(made.goals == std::vector<std::size_t>{2, 2});
}

TEST_CASE("archives are packed from the hosted toolchain, also the reference one") {
  const Scratch scratch;
  CHECK(names(plan(scratch, "1.24.4", {{Kind::archives, riscv64}})).back() ==
        "go1.24.4-archives-linux-riscv64");
  const Plan reference = plan(scratch, "1.24.4", {{Kind::archives, riscv64, true}});
  CHECK(names(reference)[2] == "go1.24.4-toolchain-linux-riscv64-reference");
  CHECK(reference.steps[3].needs == std::vector<std::size_t>{1, 2});
}

TEST_CASE("a ladder gives each rung a source and a host of its own") {
  const Scratch scratch;
  const Plan made = plan(scratch, "1.27.1", {{Kind::sdk, riscv64}});
  CHECK(names(made) == std::vector<std::string>{"go1.24.13-source", "go1.24.13-host-" + own_port().dashed(),
                                                "go1.27.1-source", "go1.27.1-host-" + own_port().dashed(),
                                                "go1.27.1-sdk-linux-riscv64"});
  CHECK(made.steps[3].needs == std::vector<std::size_t>{2, 1});
}

TEST_CASE("keys hold for the same inputs and change with the bootstrap") {
  const Scratch scratch;
  const Plan first = plan(scratch, "1.24.4", {{Kind::sdk, riscv64}});
  const Plan again = plan(scratch, "1.24.4", {{Kind::sdk, riscv64}});
  const Plan other = plan(scratch, "1.24.4", {{Kind::sdk, riscv64}}, "1.24.1");
  CHECK(first.steps[2].key == again.steps[2].key);
  CHECK(first.steps[0].key == other.steps[0].key);
  CHECK(first.steps[1].key != other.steps[1].key);
  CHECK(first.steps[2].key != other.steps[2].key);
  CHECK(first.steps[2].key.size() == 32);
}

TEST_CASE("without a named bootstrap the store's host serves, whatever it was built from") {
  const Scratch scratch;
  const Plan first = plan(scratch, "1.24.4", {{Kind::sdk, riscv64}});
  pretend_made(scratch, first.steps[1]);
  const Plan second = plan(scratch, "1.24.4", {{Kind::sdk, riscv64}}, "");
  CHECK(names(second) == std::vector<std::string>{host_name(), "go1.24.4-sdk-linux-riscv64"});
  CHECK(second.steps[0].key == first.steps[1].key);
  CHECK(second.steps[1].key == first.steps[2].key);
}

TEST_CASE("what is there is not run again, nor what only it needs") {
  const Scratch scratch;
  const Store store(scratch / "store");
  const Plan made = plan(scratch, "1.24.4", {{Kind::sdk, riscv64}, {Kind::sdk, wasm}});
  CHECK(missing_steps(made, store) == std::vector<std::size_t>{0, 1, 2, 3});
  pretend_made(scratch, made.steps[1]);
  CHECK(missing_steps(made, store) == std::vector<std::size_t>{2, 3});
  pretend_made(scratch, made.steps[2]);
  pretend_made(scratch, made.steps[3]);
  CHECK(missing_steps(made, store).empty());
}

TEST_CASE("ports that the release does not have, or that cannot host, are refused before anything runs") {
  const Scratch scratch;
  CHECK(contains(error_of([&] {
                   plan(scratch, "1.24.4", {{Kind::sdk, {"linux", "riscv"}}});
                 }),
                 "Did you mean linux/riscv64?"));
  CHECK(contains(error_of([&] {
                   plan(scratch, "1.24.4", {{Kind::toolchain, wasm}});
                 }),
                 "no toolchain can be hosted on js/wasm"));
}

TEST_CASE("a named bootstrap that is none is refused") {
  const Scratch scratch;
  scratch.file("go9/bin/go", "#!/bin/sh\nexit 1\n", true);
  const Releases releases = shipped();
  PlanRequest request = request_for("1.24.4", {{Kind::sdk, riscv64}});
  request.bootstrap = scratch / "go9";
  CHECK(contains(error_of([&] { make_plan(request, releases, Store(scratch / "store")); }),
                 "use the bootstrap"));
}

TEST_CASE("the store finds the newest entry and forgets what has no directory") {
  const Scratch scratch;
  const Store store(scratch / "store");
  const Releases releases = shipped();
  const Plan made = plan(scratch, "1.24.4", {{Kind::sdk, riscv64}});
  pretend_made(scratch, made.steps[2]);
  const auto found = store.find(Kind::sdk, releases.get("1.24.4"), riscv64);
  REQUIRE(found.has_value());
  CHECK(found->path == store.path(made.steps[2].entry()));
  CHECK_FALSE(store.find(Kind::sdk, releases.get("1.24.4"), wasm).has_value());
  CHECK_FALSE(store.find(Kind::sdk, releases.get("1.24.9"), riscv64).has_value());
  fs::remove(found->path);
  CHECK(store.entries().empty());
}

TEST_CASE("what a stranger brought is not what a step makes, under whatever key it lies") {
  const Scratch scratch;
  const Store store(scratch / "store");
  PlannedStep step = plan(scratch, "1.24.4", {{Kind::sdk, riscv64}}).steps[2];
  scratch.directory("store/" + step.entry());
  scratch.file("store/provenance/" + step.entry() + ".json",
               R"({"inputs": {"step": "sdk"}, "installed": {"vouched": false}})");
  CHECK_FALSE(is_made(store, step));
  step.stranger = true;
  CHECK(is_made(store, step));
}

TEST_CASE("a provenance that cannot be read hides its entry, not the others") {
  const Scratch scratch;
  const Plan made = plan(scratch, "1.24.4", {{Kind::sdk, riscv64}});
  pretend_made(scratch, made.steps[2]);
  scratch.file("store/provenance/broken.json", "{");
  scratch.file("store/provenance/odd.json", R"({"inputs":{"step":"pie"}})");
  CHECK(Store(scratch / "store").entries().size() == 1);
}

namespace {

Plan plan_with(const Scratch& scratch, const Profile& profile, const std::vector<Patch>& patches = {},
               const std::vector<Asked>& asked = {{Kind::sdk, riscv64}}) {
  static const Releases releases = shipped();
  PlanRequest request = request_for("1.24.4", asked);
  request.bootstrap = bootstrap(scratch);
  request.profile = profile;
  request.patches = patches;
  return make_plan(request, releases, Store(scratch / "store"));
}

Profile bound(const std::string& value = "rva22u64") {
  Profile profile;
  profile.settings["GORISCV64"] = value;
  return profile;
}

}  // namespace

TEST_CASE("what is bound in an SDK changes the SDK's key and name alone") {
  const Scratch scratch;
  const Plan plain = plan_with(scratch, {});
  const Plan made = plan_with(scratch, bound());
  CHECK(made.steps[0].key == plain.steps[0].key);
  CHECK(made.steps[1].key == plain.steps[1].key);
  CHECK(made.steps[2].key != plain.steps[2].key);
  CHECK(made.steps[2].name() == "go1.24.4-sdk-linux-riscv64-GORISCV64-rva22u64");
  CHECK(plan_with(scratch, bound("rva20u64")).steps[2].key != made.steps[2].key);
}

TEST_CASE("what is baked changes the host, and all that is made with it") {
  const Scratch scratch;
  Profile baked = bound();
  baked.baked = true;
  const Plan made = plan_with(scratch, baked);
  CHECK(made.steps[0].key == plan_with(scratch, {}).steps[0].key);
  CHECK(made.steps[1].name() == host_name() + "-GORISCV64-rva22u64-baked");
  CHECK(made.steps[1].key != plan_with(scratch, {}).steps[1].key);
  CHECK(plan_with(scratch, baked, {}, {{Kind::toolchain, riscv64}}).steps[2].output.profile == baked);
  CHECK(contains(error_of([&] { plan_with(scratch, bound(), {}, {{Kind::toolchain, riscv64}}); }), "--bake"));
}

TEST_CASE("a patched source is a step between the pinned source and the host") {
  const Scratch scratch;
  const Patch patch = checked_patch(
      "x.patch", "diff --git a/src/a.go b/src/a.go\n--- a/src/a.go\n+++ b/src/a.go\n@@ -1 +1 @@\n-a\n+b\n");
  Profile profile;
  profile.patches = {patch.digest};
  const Plan made = plan_with(scratch, profile, {patch});
  CHECK(names(made) == std::vector<std::string>{"go1.24.4-source", "go1.24.4-source" + profile.suffix(),
                                                host_name() + profile.suffix(),
                                                "go1.24.4-sdk-linux-riscv64" + profile.suffix()});
  CHECK(made.steps[1].needs == std::vector<std::size_t>{0});
  CHECK(made.steps[2].needs == std::vector<std::size_t>{1, 0});
  CHECK(contains(made.steps[1].why, "x.patch"));
  CHECK(made.steps[2].key != plan_with(scratch, {}).steps[1].key);
}

TEST_CASE("the store finds an entry by its profile too") {
  const Scratch scratch;
  const Store store(scratch / "store");
  const Releases releases = shipped();
  const Plan made = plan_with(scratch, bound());
  pretend_made(scratch, made.steps[2]);
  CHECK_FALSE(store.find(Kind::sdk, releases.get("1.24.4"), riscv64).has_value());
  CHECK(store.find(Kind::sdk, releases.get("1.24.4"), riscv64, bound()).has_value());
  CHECK_FALSE(store.find(Kind::sdk, releases.get("1.24.4"), riscv64, bound("rva20u64")).has_value());
}

namespace {

Plan published_plan(const Scratch& scratch, bool published, const std::string& from = "",
                    const Profile& profile = {}) {
  static const Releases releases = shipped();
  PlanRequest request = request_for("1.24.4", {{Kind::sdk, riscv64}});
  request.published = published;
  request.profile = profile;
  if (!from.empty()) request.bootstrap = from == "published" ? fs::path(from) : bootstrap(scratch, from);
  return make_plan(request, releases, Store(scratch / "store"));
}

std::vector<std::string> host_and_sdk() {
  return {host_name(), "go1.24.4-sdk-linux-riscv64"};
}

}  // namespace

TEST_CASE("with --published there is neither a source nor a bootstrap") {
  const Scratch scratch;
  const Plan made = published_plan(scratch, true);
  CHECK(names(made) == host_and_sdk());
  CHECK(contains(made.steps[0].why, "unpacked from upstream's go1.24.4." + own_port().dashed()));
  REQUIRE(published_by(made.steps[0]));
  CHECK(published_by(made.steps[0])->file == "go1.24.4." + own_port().dashed() + ".tar.gz");
  CHECK_FALSE(published_by(made.steps[1]));
  CHECK(made.steps[1].key != plan(scratch, "1.24.4", {{Kind::sdk, riscv64}}).steps[2].key);
}

TEST_CASE("--published takes the store's host that was built, where there is one") {
  const Scratch scratch;
  const Plan built = plan(scratch, "1.24.4", {{Kind::sdk, riscv64}});
  pretend_made(scratch, published_plan(scratch, true).steps[0]);
  CHECK_FALSE(published_plan(scratch, true).steps[0].key == built.steps[1].key);
  pretend_made(scratch, built.steps[1]);
  const Plan made = published_plan(scratch, true);
  CHECK(names(made) == host_and_sdk());
  CHECK(made.steps[0].key == built.steps[1].key);
}

TEST_CASE("without --published what upstream has built makes nothing, and is no bootstrap") {
  const Scratch scratch;
  const Plan unpacked = published_plan(scratch, true);
  pretend_made(scratch, unpacked.steps[0]);
  pretend_made(scratch, unpacked.steps[1]);
  const Plan made = published_plan(scratch, false, "1.23.5");
  CHECK(names(made) ==
        std::vector<std::string>{"go1.24.4-source", host_name(), "go1.24.4-sdk-linux-riscv64"});
  CHECK(made.steps[1].key != unpacked.steps[0].key);
}

TEST_CASE("what was built again since counts as built") {
  const Scratch scratch;
  const Plan unpacked = published_plan(scratch, true);
  const PlannedStep& host = unpacked.steps[0];
  scratch.directory("store/" + host.entry());
  scratch.file(
      "store/provenance/" + host.entry() + ".json",
      Json{{"inputs", Json::parse(host.inputs)}, {"key", host.key}, {"rebuilt", Json::object()}}.dump());
  CHECK(published_plan(scratch, false).steps[0].key == host.key);
}

TEST_CASE("a step that unpacks upstream's archive has the release's pin among its inputs") {
  const Scratch scratch;
  const StepInputs inputs =
      read_inputs(JsonDocument(published_plan(scratch, true).steps[0].inputs, "it").view());
  CHECK(inputs.kind == Kind::host);
  CHECK(inputs.port == own_port());
  CHECK(inputs.published == published_archive(shipped().get("1.24.4"), own_port()));
  CHECK_FALSE(inputs.bootstrap);
}

TEST_CASE("--bootstrap published builds from source, with an older Go that is unpacked") {
  const Scratch scratch;
  const Plan made = published_plan(scratch, false, "published");
  CHECK(names(made) == std::vector<std::string>{"go1.22.12-host-" + own_port().dashed(), "go1.24.4-source",
                                                host_name(), "go1.24.4-sdk-linux-riscv64"});
  CHECK(published_by(made.steps[0]));
  CHECK(made.steps[0].why == "unpacked from upstream's go1.22.12." + own_port().dashed() +
                                 ".tar.gz: go1.24.4 needs Go 1.22.6 or newer");
  CHECK(made.steps[2].needs == std::vector<std::size_t>{1, 0});
}

TEST_CASE("what make.bash bakes cannot be had of upstream's; what is bound in an SDK can") {
  const Scratch scratch;
  Profile baked = bound();
  baked.baked = true;
  CHECK(contains(error_of([&] { published_plan(scratch, true, "", baked); }),
                 "upstream's own toolchain (--published) cannot have GORISCV64=rva22u64"));
  CHECK(names(published_plan(scratch, true, "", bound())).back() ==
        "go1.24.4-sdk-linux-riscv64-GORISCV64-rva22u64");
}

TEST_CASE("a release whose source nobody has seen has no SDK yet, and one without a pin none of upstream's") {
  const Scratch scratch;
  const Releases releases = shipped();
  for (const bool without_source : {true, false}) {
    Release release = releases.get("1.24.4");
    if (without_source) release.source.reset();
    if (!without_source) release.archives.clear();
    PlanRequest request;
    request.release = &release;
    request.goals.push_back({Kind::sdk, release.at(riscv64)});
    request.published = true;
    const std::string error = error_of([&] { make_plan(request, releases, Store(scratch / "store")); });
    CHECK(contains(error, without_source ? "gostrap source 1.24.4 --out DIR" : "pins no checksum"));
  }
}
