#include "report/doctor.hpp"

#include "support/process.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// What the examination of a store finds in a child process with these variables, where HOME may be taken
/// away too ("").
std::vector<Finding> findings_with(const Environment& settings, const std::optional<Store>& store,
                                   const Releases& releases = Releases::load("/no/such/file")) {
  const std::string told = told_by_child([&] {
    for (const auto& [name, value] : settings) {
      value.empty() ? ::unsetenv(name.c_str()) : ::setenv(name.c_str(), value.c_str(), 1);
    }
    Json json = Json::array();
    for (const Finding& each : examine(releases, store))
      json.push_back({static_cast<int>(each.level), each.name, each.says, each.mend});
    return json.dump();
  });
  std::vector<Finding> findings;
  for (const Json& each : Json::parse(told))
    findings.push_back({static_cast<Finding::Level>(each[0].get<int>()), each[1], each[2], each[3]});
  return findings;
}
std::vector<Finding> findings_with(const Environment& settings) {
  return findings_with(settings, Store("/no/such/store"));
}

bool has(const std::vector<Finding>& findings, const std::string& name) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& each) { return each.name == name; });
}

/// The finding of that name, which has to be there.
Finding found(const std::vector<Finding>& findings, const std::string& name) {
  REQUIRE_MESSAGE(has(findings, name), name);
  return *std::find_if(findings.begin(), findings.end(),
                       [&](const Finding& each) { return each.name == name; });
}

void check_careful(const Finding& finding, const std::string& says, const std::string& mend) {
  CAPTURE(finding.name);
  CHECK(finding.level == Finding::Level::careful);
  CHECK_MESSAGE(contains(finding.says, says), finding.says);
  CHECK(finding.mend == mend);
}

}  // namespace

TEST_CASE("variables that lead go astray are found, each with its remedy") {
  const auto findings = findings_with({{"GOROOT", "/old"}, {"GOFLAGS", "-x"}, {"GOTOOLCHAIN", "auto"}});
  check_careful(found(findings, "GOROOT"), "/old", "unset GOROOT");
  CHECK(has(findings, "GOFLAGS"));
  CHECK(has(findings, "GOTOOLCHAIN"));
}

TEST_CASE(
    "what is made for another port, or level, than meant is found in the environment and in `go env -w`") {
  const Scratch scratch;
  const std::string file = scratch.file("env", "GOOS=windows\nGOROOT=/x\nGOFLAGS=-v\n").string();
  const auto findings = findings_with({{"GOARCH", "arm64"}, {"GOAMD64", "v5"}, {"GOENV", file}});
  check_careful(found(findings, "GOARCH"), "set to arm64", "unset GOARCH");
  check_careful(found(findings, "GOAMD64"), "v5, which cannot be", "unset GOAMD64");
  check_careful(found(findings, "GOOS"), "`go env -w` has set it in " + file + " to windows",
                "go env -u GOOS");
  check_careful(found(findings, "GOROOT"), "to /x", "go env -u GOROOT");
  check_careful(found(findings, "GOFLAGS"), "to -v", "go env -u GOFLAGS");
}

TEST_CASE("what another SDK's use has set is no finding") {
  const auto findings =
      findings_with({{"GOOS", "js"}, {"GOARCH", "wasm"}, {"GOSTRAP_DEFAULTS", "GOOS=js GOARCH=wasm"}});
  CHECK_FALSE(has(findings, "GOOS"));
  CHECK_FALSE(has(findings, "GOARCH"));
}

TEST_CASE("a store that cannot be on PATH stops") {
  const Finding store = found(findings_with({}, Store("/tmp/a:b/store")), "store");
  CHECK(store.level == Finding::Level::stops);
  CHECK(contains(store.says, "colon"));
}

TEST_CASE("no place for a store at all stops") {
  const Finding store = found(findings_with({{"HOME", ""}}, std::nullopt), "store");
  CHECK(store.level == Finding::Level::stops);
  CHECK(contains(store.says, "HOME is not set"));
}

TEST_CASE("GOTOOLCHAIN=local is as it should be") {
  CHECK_FALSE(has(findings_with({{"GOTOOLCHAIN", "local"}}), "GOTOOLCHAIN"));
}

TEST_CASE("missing emulators are named with the package that has them") {
  const Scratch scratch;
  const auto findings = findings_with({{"PATH", scratch.directory("empty").string()}});
  CHECK(contains(found(findings, "emulators").says, "qemu-"));
  CHECK(contains(found(findings, "emulators").mend, "qemu-user"));
  CHECK(contains(found(findings, "node").mend, "nodejs"));
}

TEST_CASE("a bootstrap that leads to the default release is shown with its rungs") {
  const Scratch scratch;
  scratch.file("go/bin/go", "#!/bin/sh\necho 'go version go1.26.1 linux/amd64'\n", true);
  const Finding bootstrap =
      found(findings_with({{"GOROOT_BOOTSTRAP", (scratch / "go").string()}}), "bootstrap");
  CHECK(bootstrap.level == Finding::Level::good);
  CHECK(contains(bootstrap.says, "go1.26.1 (GOROOT_BOOTSTRAP), 1 rung to go1.27.1"));
}

TEST_CASE("without a C compiler a build stops only where gccgo is what there is to start from") {
  const Scratch scratch;
  scratch.directory("empty");
  scratch.file("gccgo/bin/go",
               "#!/bin/sh\necho 'go version unknown gccgo (Debian 12.2.0-14) 12.2.0 linux/amd64'\n", true);
  scratch.file("go/bin/go", "#!/bin/sh\necho 'go version go1.18.1 linux/amd64'\n", true);
  Json entry = to_json(Releases::load("/no/such/file").get("1.24.4"));
  entry["bootstrap"] = "1.18.0";
  entry["archives"] = Json::object();
  const Json file{{"releases", {{"1.19.1", entry}}}};
  const auto level = [&](const std::string& bootstrap) {
    return found(findings_with({{"PATH", (scratch / "empty").string()},
                                {"GOROOT_BOOTSTRAP", (scratch / bootstrap).string()}},
                               Store(scratch / "store"), Releases::parse(file.dump(), "file")),
                 "C compiler")
        .level;
  };
  CHECK(level("gccgo") == Finding::Level::stops);
  CHECK(level("go") == Finding::Level::good);
}

TEST_CASE("a store that cannot be written stops a build") {
  const Scratch scratch;
  fs::permissions(scratch.directory("locked"), fs::perms(0555));
  CHECK(as_nobody(scratch, [&] {
          const auto findings = examine(Releases::load("/no/such/file"), Store(scratch / "locked" / "store"));
          return has(findings, "store") && found(findings, "store").level == Finding::Level::stops ? 0 : 1;
        }) == 0);
}
