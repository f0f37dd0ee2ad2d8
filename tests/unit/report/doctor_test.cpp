#include "report/doctor.hpp"

#include "support/process.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// The finding of that name, or nothing.
const Finding* find(const std::vector<Finding>& findings, const std::string& name) {
  const auto found = std::find_if(findings.begin(), findings.end(),
                                  [&](const Finding& finding) { return finding.name == name; });
  return found == findings.end() ? nullptr : &*found;
}

/// Called in a child process only, where variables may be set.
std::vector<Finding> examine_with(const Scratch& scratch, const Environment& settings) {
  for (const auto& [name, value] : settings) ::setenv(name.c_str(), value.c_str(), 1);
  return examine(Releases::load("/no/such/file"), Store(scratch / "store"));
}

}  // namespace

TEST_CASE("variables that lead go astray are found, each with its remedy") {
  const Scratch scratch;
  CHECK(in_child([&] {
          const auto findings =
              examine_with(scratch, {{"GOROOT", "/old"}, {"GOFLAGS", "-x"}, {"GOTOOLCHAIN", "auto"}});
          const Finding* goroot = find(findings, "GOROOT");
          const bool right = goroot != nullptr && goroot->level == Finding::Level::careful &&
                             goroot->mend == "unset GOROOT" && find(findings, "GOFLAGS") != nullptr &&
                             find(findings, "GOTOOLCHAIN") != nullptr;
          return right ? 0 : 1;
        }) == 0);
}

TEST_CASE(
    "what is made for another port, or level, than meant is found in the environment and in `go env -w`") {
  const Scratch scratch;
  const std::string file = scratch.file("env", "GOOS=windows\nGOROOT=/x\nGOFLAGS=-v\n").string();
  CHECK(in_child([&] {
          const auto findings =
              examine_with(scratch, {{"GOARCH", "arm64"}, {"GOAMD64", "v5"}, {"GOENV", file}});
          const auto has = [&](const char* name, const std::string& says, const std::string& mend) {
            const Finding* const found = find(findings, name);
            return found != nullptr && found->level == Finding::Level::careful &&
                   contains(found->says, says) && found->mend == mend;
          };
          return has("GOARCH", "set to arm64", "unset GOARCH") &&
                         has("GOAMD64", "v5, which cannot be", "unset GOAMD64") &&
                         has("GOOS", "`go env -w` has set it in " + file + " to windows", "go env -u GOOS") &&
                         has("GOROOT", "to /x", "go env -u GOROOT") &&
                         has("GOFLAGS", "to -v", "go env -u GOFLAGS")
                     ? 0
                     : 1;
        }) == 0);
}

TEST_CASE("what another SDK's use has set is no finding") {
  const Scratch scratch;
  CHECK(in_child([&] {
          const auto findings = examine_with(
              scratch, {{"GOOS", "js"}, {"GOARCH", "wasm"}, {"GOSTRAP_DEFAULTS", "GOOS=js GOARCH=wasm"}});
          return find(findings, "GOOS") == nullptr && find(findings, "GOARCH") == nullptr ? 0 : 1;
        }) == 0);
}

TEST_CASE("a store that cannot be on PATH, and no place for one at all, stop") {
  CHECK(in_child([&] {
          const auto findings = examine(Releases::load("/no/such/file"), Store("/tmp/a:b/store"));
          const Finding* const store = find(findings, "store");
          return store->level == Finding::Level::stops && contains(store->says, "colon") ? 0 : 1;
        }) == 0);
  CHECK(in_child([&] {
          ::unsetenv("HOME");
          const auto findings = examine(Releases::load("/no/such/file"), std::nullopt);
          const Finding* const store = find(findings, "store");
          return store->level == Finding::Level::stops && contains(store->says, "HOME is not set") ? 0 : 1;
        }) == 0);
}

TEST_CASE("GOTOOLCHAIN=local is as it should be") {
  const Scratch scratch;
  CHECK(in_child([&] {
          return find(examine_with(scratch, {{"GOTOOLCHAIN", "local"}}), "GOTOOLCHAIN") == nullptr ? 0 : 1;
        }) == 0);
}

TEST_CASE("missing emulators are named with the package that has them") {
  const Scratch scratch;
  scratch.directory("empty");
  CHECK(in_child([&] {
          const auto findings = examine_with(scratch, {{"PATH", (scratch / "empty").string()}});
          const Finding* emulators = find(findings, "emulators");
          const Finding* node = find(findings, "node");
          const bool right = contains(emulators->says, "qemu-") && contains(emulators->mend, "qemu-user") &&
                             contains(node->mend, "nodejs");
          return right ? 0 : 1;
        }) == 0);
}

TEST_CASE("a bootstrap that leads to the default release is shown with its rungs") {
  const Scratch scratch;
  scratch.file("go/bin/go", "#!/bin/sh\necho 'go version go1.26.1 linux/amd64'\n", true);
  CHECK(in_child([&] {
          const auto findings = examine_with(scratch, {{"GOROOT_BOOTSTRAP", (scratch / "go").string()}});
          const Finding* bootstrap = find(findings, "bootstrap");
          return bootstrap->level == Finding::Level::good &&
                         contains(bootstrap->says, "go1.26.1 (GOROOT_BOOTSTRAP), 1 rung to go1.27.1")
                     ? 0
                     : 1;
        }) == 0);
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
    return in_child([&] {
      ::setenv("PATH", (scratch / "empty").c_str(), 1);
      ::setenv("GOROOT_BOOTSTRAP", (scratch / bootstrap).c_str(), 1);
      const auto findings = examine(Releases::parse(file.dump(), "file"), Store(scratch / "store"));
      return static_cast<int>(find(findings, "C compiler")->level);
    });
  };
  CHECK(level("gccgo") == static_cast<int>(Finding::Level::stops));
  CHECK(level("go") == static_cast<int>(Finding::Level::good));
}

TEST_CASE("a store that cannot be written stops a build") {
  const Scratch scratch;
  fs::permissions(scratch.directory("locked"), fs::perms(0555));
  CHECK(as_nobody(scratch, [&] {
          const auto findings = examine(Releases::load("/no/such/file"), Store(scratch / "locked" / "store"));
          const Finding* store = find(findings, "store");
          return store != nullptr && store->level == Finding::Level::stops ? 0 : 1;
        }) == 0);
}
