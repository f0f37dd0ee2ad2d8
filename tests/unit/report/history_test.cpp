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

Provenance provenance(const std::string& text) {
  const JsonDocument json(text, "p.json");
  return read_provenance(json.view());
}

std::vector<Provenance> history(const std::string& text) {
  return history_of(provenance(text), "unnamed");
}

}  // namespace

TEST_CASE("a provenance tells every step on the way, in the order of time") {
  const std::vector<Provenance> steps = history(toolchain("a", "2026-11-25T10:05:00Z"));
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].name == "go1.24.4-host-linux-amd64");
  CHECK(steps[0].from.empty());
  CHECK(seconds_of(steps[0]) == 200);
  CHECK(cpu_seconds_of(steps[0]) == 370.5);
  CHECK(command_of(steps[0]) == std::vector<std::string>{"bash", "make.bash"});
  CHECK(port_of(steps[0]) == "linux/amd64");
  CHECK(begin_of(steps[1]) - begin_of(steps[0]) == 300);
}

TEST_CASE("what several outputs have in common stands there once") {
  std::vector<Provenance> steps = history(toolchain("a", "2026-11-25T10:05:00Z"));
  for (const Provenance& step : history(toolchain("b", "2026-11-25T10:04:00Z"))) steps.push_back(step);
  steps = merged(steps);
  REQUIRE(steps.size() == 3);
  CHECK(steps[1].name == "go1.24.4-toolchain-b");
}

TEST_CASE("a provenance without name and phases, as the single steps write it, is told as far as it goes") {
  const std::vector<Provenance> steps = history(
      R"({"made": "2026-11-25T10:00:00Z", "making": {"run": {"command": [], "environment": {}, "seconds": 7}}})");
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].name == "unnamed");
  CHECK(seconds_of(steps[0]) == 7);
  CHECK(port_of(steps[0]).empty());
  CHECK(steps[0].phases.empty());
}
