#include "toolchain/ladder.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Releases shipped() {
  return Releases::load("/no/such/file");
}

Bootstrap go(const Version& version, const std::string& found = "PATH") {
  Bootstrap bootstrap;
  bootstrap.go = "/somewhere/go" + version.text() + "/bin/go";
  bootstrap.version = version;
  bootstrap.description = "go" + version.text() + " linux/amd64";
  bootstrap.found = found;
  return bootstrap;
}

Bootstrap gccgo() {
  Bootstrap bootstrap = go({1, 18, 0}, "gccgo-12");
  bootstrap.kind = Bootstrap::Kind::gccgo;
  bootstrap.description = "unknown gccgo (Debian 12.2.0-14) 12.2.0 linux/amd64";
  return bootstrap;
}

std::vector<std::string> rungs(const Ladder& ladder) {
  std::vector<std::string> names;
  for (const Rung& rung : ladder.rungs) names.push_back(rung.release->version.text());
  return names;
}

/// A chain of releases "1.30.0", "1.32.0", …, each of which needs the one before.
Releases chain(int length) {
  Json releases = Json::object();
  for (int i = 0; i < length; ++i) {
    const std::string version = "1." + std::to_string(30 + 2 * i) + ".0";
    releases[version] = {{"tag", "go" + version},
                         {"commit", std::string(40, 'c')},
                         {"source", "sha256-r3NLW/7vnou1yL39OYdcXXJhiuGU27HudDdZcDLEAtI="},
                         {"sourceArchive", std::string(64, 'a')},
                         {"bootstrap", "1." + std::to_string(28 + 2 * i) + ".0"},
                         {"origins", Json::array()},
                         {"ports", {"linux/amd64"}},
                         {"archives", Json::object()}};
  }
  return Releases::parse(Json{{"releases", releases}}.dump(), "chain");
}

}  // namespace

TEST_CASE("a bootstrap at or above the floor builds the release at once") {
  const Releases releases = shipped();
  CHECK(rungs(plan_ladder(releases.get("1.24.4"), {{go({1, 22, 6})}, {}}, releases)) ==
        std::vector<std::string>{"1.24.4"});
}

TEST_CASE("a bootstrap below the floor climbs over a pinned release") {
  const Releases releases = shipped();
  const Ladder ladder = plan_ladder(releases.get("1.27.1"), {{go({1, 23, 5})}, {}}, releases);
  CHECK(rungs(ladder) == std::vector<std::string>{"1.24.13", "1.27.1"});
  CHECK(ladder.rungs[0].why == "go1.24.13 needs Go 1.22.6 or newer: built with go1.23.5 (PATH)");
  CHECK(ladder.rungs[1].why == "go1.27.1 needs Go 1.24.6 or newer: built with go1.24.13");
}

TEST_CASE("one patch below the floor is below it") {
  const Releases releases = shipped();
  CHECK(rungs(plan_ladder(releases.get("1.24.4"), {{go({1, 22, 5})}, {}}, releases)) ==
        std::vector<std::string>{"1.22.12", "1.24.4"});
}

TEST_CASE("a rung whose source was named comes before others, where it will do") {
  const Releases releases = shipped();
  const auto by = [&](const char* named) {
    return rungs(
        plan_ladder(releases.get("1.27.1"), {{go({1, 23, 5})}, {}}, releases, {*parse_version(named)}));
  };
  CHECK(by("1.24.9") == std::vector<std::string>{"1.24.9", "1.27.1"});
  CHECK(by("1.25.3") == std::vector<std::string>{"1.25.3", "1.27.1"});
  CHECK(by("1.24.4") == std::vector<std::string>{"1.24.13", "1.27.1"});
}

TEST_CASE("no candidate is a rung, and none whose source nobody has seen") {
  const Releases releases = shipped();
  const auto by = [&](const char* named) {
    return rungs(
        plan_ladder(releases.get("1.27.1"), {{go({1, 23, 5})}, {}}, releases, {*parse_version(named)}));
  };
  CHECK(by("1.25rc1") == std::vector<std::string>{"1.24.13", "1.27.1"});
  REQUIRE_FALSE(releases.get("1.25.14").source);
  CHECK(by("1.25.14") == std::vector<std::string>{"1.24.13", "1.27.1"});
}

TEST_CASE("the fewest rungs win, then the bootstrap that was found first") {
  const Releases releases = shipped();
  const Ladder ladder = plan_ladder(
      releases.get("1.27.1"),
      {{go({1, 23, 5}, "first"), go({1, 26, 0}, "second"), go({1, 27, 0}, "third")}, {}}, releases);
  CHECK(ladder.start.found == "second");
  CHECK(ladder.rungs.size() == 1);
}

TEST_CASE("a ladder of many rungs is found") {
  const Releases releases = chain(12);
  const Ladder ladder = plan_ladder(releases.get("1.52.0"), {{go({1, 28, 0})}, {}}, releases);
  CHECK(ladder.rungs.size() == 12);
  CHECK(ladder.rungs.front().release->version.text() == "1.30.0");
}

TEST_CASE("gccgo counts as 1.18: 1.21 is its first rung, and where none will do the refusal says so") {
  const Releases releases = shipped();
  CHECK(rungs(plan_ladder(releases.get("1.24.4"), {{gccgo()}, {}}, releases)) ==
        std::vector<std::string>{"1.21.13", "1.22.12", "1.24.4"});
  const Releases few = chain(12);
  const std::string error = error_of([&] { plan_ladder(few.get("1.52.0"), {{gccgo()}, {}}, few); });
  CHECK(contains(error, "needs Go 1.50.0 or newer"));
  CHECK(contains(error, "gccgo 12.2.0 (gccgo-12), which counts as Go 1.18"));
  CHECK(contains(error, "Install Go 1.28.0 or newer"));
}

TEST_CASE("without any bootstrap the refusal says what to install") {
  const Releases releases = shipped();
  const std::string error = error_of([&] { plan_ladder(releases.get("1.24.4"), {}, releases); });
  CHECK(contains(error, "no Go and no gccgo was found"));
  CHECK(contains(error, "--bootstrap GOROOT"));
}

TEST_CASE("what was looked at and is no bootstrap is named") {
  const Releases releases = shipped();
  const std::string error = error_of([&] {
    plan_ladder(releases.get("1.24.4"), {{}, {{"/usr/local/go", "it crashed"}}}, releases);
  });
  CHECK(contains(error, "/usr/local/go: not usable, it crashed"));
}

TEST_CASE("releases among which there are very many ways are planned at once") {
  Json releases = Json::object();
  const Json one = Json::parse(to_json(chain(1).all().front()).dump());
  for (int i = 0; i < 400; ++i) {
    Json each = one;
    each["bootstrap"] = "1." + std::to_string(29 + i / 2) + ".0";
    releases["1." + std::to_string(30 + i) + ".0"] = each;
  }
  const Releases many = Releases::parse(Json{{"releases", releases}}.dump(), "many");
  CHECK(rungs(plan_ladder(many.get("1.429"), {{go({1, 29, 0})}, {}}, many)).size() == 8);
  CHECK(contains(error_of([&] {
                   plan_ladder(many.get("1.429"), {{go({1, 28, 0})}, {}}, many);
                 }),
                 "plan a ladder"));
}

TEST_CASE("upstream's own archive of a rung: the newest patch of the oldest line that will do") {
  const Releases releases = shipped();
  const Port port{"linux", "amd64"};
  const auto rung = [&](const char* target, const std::set<Version>& named = {}) {
    return published_rung(releases.get(target), port, releases, named).version.text();
  };
  CHECK(rung("1.24.4") == "1.22.12");
  CHECK(rung("1.27.1") == "1.24.13");
  CHECK(rung("1.24.4", {*parse_version("1.23.5")}) == "1.23.5");
  CHECK(rung("1.24.4", {*parse_version("1.22.1")}) == "1.22.12");  // too old
  CHECK(rung("1.21.13") == "1.21.12");                             // itself would be no start
}

TEST_CASE("a machine for which nothing that will do is published is told so") {
  const Releases releases = shipped();
  const std::string error = error_of([&] {
    published_rung(releases.get("1.24.4"), {"plan10", "amd64"}, releases);
  });
  CHECK(contains(error, "no release known here pins an archive of such a one for plan10/amd64"));
  CHECK(contains(error, "--bootstrap GOROOT"));
}
