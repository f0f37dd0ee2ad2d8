#include "sdk/use.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Environment riscv64{{"GOOS", "linux"}, {"GOARCH", "riscv64"}, {"GORISCV64", "rva22u64"}};
const std::string note = "GOOS=linux GOARCH=riscv64 GORISCV64=rva22u64";

std::string value(const Environment& environment, const std::string& name) {
  std::string found = "unset";
  for (const auto& [key, text] : environment) {
    if (key == name) found = text;
  }
  return found;
}

/// A variable of the environment in which an SDK is used.
std::string used(const std::string& name, const Environment& before, const fs::path& cache = {}) {
  return value(sdk_environment("/sdk", before, cache, riscv64), name);
}

/// What a shell makes of the lines: the variable, or "unset".
std::string in_shell(const std::string& lines, const std::string& name, const std::string& before = {}) {
  const Scratch scratch;
  const std::string script =
      before + "\n" + lines + "\nprintf %s \"${" + name + "-unset}\" >" + (scratch / "said").string();
  const int status = in_child([&] {
    ::execl("/bin/sh", "sh", "-eu", "-c", script.c_str(), nullptr);
    return 98;
  });
  CHECK(status == 0);
  return read_file(scratch / "said");
}

}  // namespace

TEST_CASE("an SDK's defaults are its port, and what its profile binds") {
  Manifest sdk;
  sdk.port = {"linux", "riscv64"};
  sdk.profile.settings["GORISCV64"] = "rva22u64";
  CHECK(sdk_defaults(sdk) == riscv64);
}

TEST_CASE("what is baked into the toolchain is no default of the SDK's") {
  Manifest sdk;
  sdk.port = {"linux", "riscv64"};
  sdk.profile.settings["GORISCV64"] = "rva22u64";
  sdk.profile.baked = true;
  CHECK(sdk_defaults(sdk) == Environment{{"GOOS", "linux"}, {"GOARCH", "riscv64"}});
}

TEST_CASE("bin is first on PATH, and alone where there is none") {
  CHECK(used("PATH", {{"PATH", "/usr/bin"}}) == "/sdk/bin:/usr/bin");
  CHECK(used("PATH", {{"PATH", ""}}) == "/sdk/bin");
  CHECK(used("PATH", {}) == "/sdk/bin");
}

TEST_CASE("the go command is not replaced by another, nor led astray") {
  CHECK(used("GOTOOLCHAIN", {{"GOTOOLCHAIN", "auto"}}) == "local");
  CHECK(used("GOROOT", {{"GOROOT", "/old"}}) == "unset");
  CHECK(used("GOTOOLDIR", {{"GOTOOLDIR", "/old"}}) == "unset");
}

TEST_CASE("defaults stand where the user has chosen nothing, and it is noted which") {
  CHECK(used("GOARCH", {}) == "riscv64");
  CHECK(used("GOARCH", {{"GOARCH", ""}}) == "riscv64");
  CHECK(used("GOARCH", {{"GOARCH", "arm64"}}) == "arm64");
  CHECK(used("GORISCV64", {{"GORISCV64", "rva20u64"}}) == "rva20u64");
  CHECK(used("GOSTRAP_DEFAULTS", {}) == note);
}

TEST_CASE("what another SDK has set is no choice of the user's") {
  const Environment of_another{
      {"GOOS", "js"}, {"GOARCH", "wasm"}, {"GOSTRAP_DEFAULTS", "GOOS=js GOARCH=wasm"}};
  CHECK(used("GOOS", of_another) == "linux");
  CHECK(used("GOARCH", of_another) == "riscv64");
}

TEST_CASE("a user's GOCACHE wins over the SDK's, and one of another SDK's does not") {
  CHECK(used("GOCACHE", {}, "/cache") == "/cache");
  CHECK(used("GOCACHE", {{"GOCACHE", "/mine"}}, "/cache") == "/mine");
  CHECK(used("GOCACHE", {{"GOCACHE", "/x/gostrap/go-build/another"}}, "/cache") == "/cache");
}

TEST_CASE("an SDK without a cache of its own leaves none of another's behind") {
  CHECK(used("GOCACHE", {{"GOCACHE", "/x/gostrap/go-build/another"}}) == "unset");
  CHECK(used("GOCACHE", {{"GOCACHE", "/mine"}}) == "/mine");
}

TEST_CASE("a shell that reads the lines has the same") {
  const std::string lines = sdk_shell_lines("/s d/k", "/cache", riscv64);
  CHECK(in_shell(lines, "PATH", "PATH=/usr/bin") == "/s d/k/bin:/usr/bin");
  CHECK(in_shell(lines, "PATH", "PATH=") == "/s d/k/bin");
  CHECK(in_shell(lines, "GOTOOLCHAIN", "GOTOOLCHAIN=auto") == "local");
  CHECK(in_shell(lines, "GOROOT", "GOROOT=/old") == "unset");
  CHECK(in_shell(lines, "GOARCH", "unset GOARCH") == "riscv64");
  CHECK(in_shell(lines, "GOARCH", "GOARCH=arm64") == "arm64");
  CHECK(in_shell(lines, "GOSTRAP_DEFAULTS", "unset GOSTRAP_DEFAULTS") == note);
  CHECK(in_shell(lines, "GOCACHE", "unset GOCACHE") == "/cache");
  CHECK(in_shell(lines, "GOCACHE", "GOCACHE=/mine") == "/mine");
}

TEST_CASE("in a shell that has used another SDK its settings are taken back") {
  const std::string before =
      "GOOS=linux GOARCH=amd64 GOAMD64=v3 GOCACHE=/x/gostrap/go-build/y GOSTRAP_DEFAULTS='GOOS=linux "
      "GOARCH=amd64 "
      "GOAMD64=v3'";
  const std::string lines = sdk_shell_lines("/sdk", {}, riscv64, {{"GOAMD64", "v3"}});
  CHECK(in_shell(lines, "GOARCH", before) == "riscv64");
  CHECK(in_shell(lines, "GOAMD64", before) == "unset");
  CHECK(in_shell(lines, "GOCACHE", before) == "unset");
  CHECK(in_shell(lines, "GOAMD64", "GOAMD64=v3 GOSTRAP_DEFAULTS='GOOS=js GOARCH=wasm'") == "v3");
}

TEST_CASE("without defaults a shell's own settings are not touched") {
  CHECK(in_shell(sdk_shell_lines("/sdk"), "GOARCH", "GOARCH=arm64") == "arm64");
  CHECK(in_shell(sdk_shell_lines("/sdk"), "GOCACHE", "GOCACHE=/x/gostrap/go-build/y") ==
        "/x/gostrap/go-build/y");
}

TEST_CASE("a cache program that is set for one SDK is taken back for the next, and the user's stays") {
  const Environment with_program{
      {"GOOS", "linux"}, {"GOARCH", "arm64"}, {"GOCACHEPROG", "/s/a/bin/go_cache"}};
  const Environment first = sdk_environment("/a", {{"PATH", "/p"}}, {}, with_program);
  CHECK(value(first, "GOCACHEPROG") == "/s/a/bin/go_cache");
  CHECK(value(sdk_environment("/b", first, {}, riscv64), "GOCACHEPROG") == "unset");
  const Environment users{{"PATH", "/p"}, {"GOCACHEPROG", "mine"}};
  CHECK(value(sdk_environment("/a", users, {}, with_program), "GOCACHEPROG") == "mine");

  const std::string lines = sdk_shell_lines("/b", {}, riscv64);
  const std::string before =
      "GOCACHEPROG=/s/a/bin/go_cache GOSTRAP_DEFAULTS='GOOS=linux GOARCH=arm64 "
      "GOCACHEPROG=/s/a/bin/go_cache'";
  CHECK(in_shell(lines, "GOCACHEPROG", before) == "unset");
  CHECK(in_shell(lines, "GOCACHEPROG", "GOCACHEPROG=mine") == "mine");
  CHECK(in_shell(sdk_shell_lines("/a", {}, with_program), "GOCACHEPROG", before) == "/s/a/bin/go_cache");
}
