#include "cli/candidates.hpp"

#include "support/strings.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string profile(const std::string& typed, const std::vector<Port>& ports = {}) {
  std::string all;
  for (const Candidate& each : profile_candidates(typed, ports, Version{1, 24, 4})) {
    if (each.word.starts_with(typed)) append(all, " ", each.word);
  }
  return all;
}

/// With a store that is not there.
std::vector<std::string> machine(ValueKind kind, const std::string& typed, LineSoFar line = {}) {
  const Scratch scratch;
  line.values.try_emplace("store", (scratch / "store").string());
  std::vector<std::string> words;
  for (const Candidate& each : MachineCandidates()(kind, line, typed)) words.push_back(each.word);
  CHECK(!fs::exists(scratch / "store"));
  return words;
}

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

TEST_CASE("a profile: the names that can be set for the ports of the line, then their values") {
  CHECK(profile("GOR") == "GORISCV64=");
  CHECK(profile("GOR", {{"linux", "arm64"}}).empty());
  CHECK(profile("GOR", {{"linux", "arm64"}, {"linux", "riscv64"}}) == "GORISCV64=");
  CHECK(profile("GORISCV64=") == "GORISCV64=rva20u64 GORISCV64=rva22u64");  // what this release knows
  CHECK(profile("GOGC=") == "GOGC=off");
  CHECK(profile("GOEXPERIMENT=aren") == "GOEXPERIMENT=arenas");
}

TEST_CASE("a profile's further settings behind a comma, each once; and what may follow a value") {
  CHECK(profile("GOGC=200,GOAMD") == "GOGC=200,GOAMD64=");
  CHECK(profile("GOGC=200,GOG").empty());
  CHECK(profile("GOAMD64=v3,GOGC=o") == "GOAMD64=v3,GOGC=off");
  CHECK(profile("GOARM64=v8.0,l") == "GOARM64=v8.0,lse");
  CHECK(profile("GOEXPERIMENT=arenas,rangef") == "GOEXPERIMENT=arenas,rangefunc");
}

TEST_CASE("ports: each once, and by their short names as soon as something is typed") {
  const std::vector<std::string> all = machine(ValueKind::port, "");
  CHECK(has(all, "linux/riscv64"));
  CHECK(!has(all, "riscv64"));
  const std::vector<std::string> typed = machine(ValueKind::port, "r");
  CHECK(has(typed, "riscv64"));
  CHECK(has(typed, "wasm"));
  CHECK(has(typed, "wasi"));
}

TEST_CASE("ports are those of the release that the line names") {
  LineSoFar old;
  old.values["release"] = "1.23";
  CHECK(has(machine(ValueKind::port, "", old), "windows/arm"));
  LineSoFar newer;
  newer.values["release"] = "1.26";
  CHECK(!has(machine(ValueKind::port, "", newer), "windows/arm"));
}

TEST_CASE("patterns, once something is typed that can become one") {
  CHECK(machine(ValueKind::pattern, "").empty());
  CHECK(has(machine(ValueKind::pattern, "l"), "linux/*"));
  CHECK(has(machine(ValueKind::pattern, "*"), "*/arm64"));
}

TEST_CASE("a port and its release") {
  CHECK(has(machine(ValueKind::port_at_release, "riscv64@1"), "riscv64@1.24.4"));
  CHECK(has(machine(ValueKind::port_at_release, "ris"), "riscv64"));
}

TEST_CASE("expectations behind commas") {
  CHECK(has(machine(ValueKind::expectation, "static,no"), "static,no-cgo"));
}

TEST_CASE("a releases file that cannot be read, or a store without a place, takes nothing away") {
  LineSoFar line;
  line.values["releases"] = "/no/such/file";
  CHECK(has(machine(ValueKind::release, "", line), "1.24.4"));
  CHECK(machine(ValueKind::any_entry, "", line).empty());
}
