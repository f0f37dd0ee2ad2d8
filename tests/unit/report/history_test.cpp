#include "report/history.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

constexpr const char* host =
    R"({"name": "go1.24.4-host-linux-amd64", "made": "2026-11-25T10:00:00Z", "gostrap": "1.0",
  "inputs": {"step": "host", "release": "1.24.4", "port": "linux/amd64"}, "seconds": 200,
  "machine": {"system": "Linux 6.1", "architecture": "x86_64", "processors": 2},
  "making": {"bootstrap": "go1.23.1", "run": {"command": ["bash", "make.bash"], "environment": {"TZ": "UTC"},
    "seconds": 190, "cpuSeconds": 370.5, "withoutNetwork": true}},
  "phases": [{"name": "Building Go toolchain1", "begin": 1.5, "seconds": 38}], "from": []})";

std::string toolchain(const std::string& port, const std::string& made) {
  return R"({"name": "go1.24.4-toolchain-)" + port + R"(", "made": ")" + made +
         R"(", "inputs": {"step": "toolchain", "release": "1.24.4", "port": "linux/x"}, "making": {}, "from": [)" +
         host + "]}";
}

std::vector<MadeStep> history(const std::string& text) {
  const JsonDocument json(text, "p.json");
  return history_of(json.view(), "unnamed");
}

}  // namespace

TEST_CASE("a provenance tells every step on the way, in the order of time") {
  const std::vector<MadeStep> steps = history(toolchain("a", "2026-11-25T10:05:00Z"));
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].name == "go1.24.4-host-linux-amd64");
  CHECK(steps[0].kind == "host");
  CHECK(steps[0].from == "go1.23.1");
  CHECK(steps[0].seconds == 200);
  CHECK(steps[0].cpu_seconds == 370.5);
  CHECK(steps[0].processors == 2);
  CHECK(steps[0].network_cut);
  CHECK(steps[0].command == std::vector<std::string>{"bash", "make.bash"});
  REQUIRE(steps[0].phases.size() == 1);
  CHECK(steps[0].phases[0].begin == 1.5);
  CHECK(steps[1].begin - steps[0].begin == 300);
}

TEST_CASE("what several outputs have in common stands there once") {
  std::vector<MadeStep> steps = history(toolchain("a", "2026-11-25T10:05:00Z"));
  for (const MadeStep& step : history(toolchain("b", "2026-11-25T10:04:00Z"))) steps.push_back(step);
  steps = merged(steps);
  REQUIRE(steps.size() == 3);
  CHECK(steps[1].name == "go1.24.4-toolchain-b");
}

TEST_CASE("a provenance without name and phases, as the single steps write it, is told as far as it goes") {
  const std::vector<MadeStep> steps = history(
      R"({"made": "2026-11-25T10:00:00Z", "making": {"run": {"command": [], "environment": {}, "seconds": 7}}})");
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].name == "unnamed");
  CHECK(steps[0].seconds == 7);
  CHECK(steps[0].phases.empty());
}

TEST_CASE("what is no provenance is refused with its place") {
  CHECK(contains(error_of([] { history(R"({"seconds": "long"})"); }), "seconds"));
  CHECK(contains(error_of([] { history(R"({"from": {}})"); }), "p.json"));
}

TEST_CASE("a provenance lies beside an output or in its store") {
  const Scratch scratch;
  scratch.directory("store/one");
  CHECK_FALSE(provenance_of(scratch / "store/one"));
  scratch.file("store/provenance/one.json", "{}");
  CHECK(provenance_of(scratch / "store/one") == scratch / "store/provenance/one.json");
  scratch.file("two.provenance.json", "{}");
  CHECK(provenance_of(scratch / "two") == scratch / "two.provenance.json");
}
