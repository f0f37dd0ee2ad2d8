#include "sdk/bent.hpp"

#include "release/c_compiler_samples.hpp"
#include "sdk/use.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Manifest sdk(const Port& port, const std::map<std::string, std::string>& settings = {}) {
  Manifest manifest;
  manifest.release = "1.24.4";
  manifest.port = port;
  manifest.profile.settings = settings;
  manifest.layout = current_layout;
  return manifest;
}

Manifest sdk_with_c(const Port& port = {"linux", "arm64"}) {
  Manifest manifest = sdk(port);
  manifest.profile.c = cross_gcc();
  return manifest;
}

const Port amd64{"linux", "amd64"};
const Port riscv64{"linux", "riscv64"};

std::string said(const Manifest& manifest, const Environment& environment) {
  std::string all;
  for (const std::string& each : bent(manifest, environment)) all += each + "\n";
  return all;
}

std::string refused(const Manifest& manifest, const Environment& environment) {
  return error_of([&] { bent(manifest, environment); });
}

Environment with_file(const Scratch& scratch, const std::string& text) {
  return {{"GOENV", scratch.file("env", text).string()}};
}

}  // namespace

TEST_CASE("an exported port wins over the SDK's, and is told with what takes it back") {
  CHECK(said(sdk(riscv64), {{"GOARCH", "arm64"}}) ==
        "GOARCH=arm64 in the environment: go makes programs for linux/arm64, not for linux/riscv64 (unset "
        "GOARCH)\n");
  CHECK(contains(said(sdk(riscv64), {{"GOOS", "windows"}, {"GOARCH", "amd64"}}),
                 "GOOS=windows and GOARCH=amd64 in the environment: go makes programs for windows/amd64"));
  CHECK(said(sdk(riscv64), {{"GOOS", "linux"}, {"GOARCH", "riscv64"}}).empty());
  CHECK(said(sdk(riscv64), {{"GOOS", ""}, {"GOARCH", ""}}).empty());
}

TEST_CASE("a level wins over the profile's, or over none, and is told") {
  CHECK(said(sdk(amd64, {{"GOAMD64", "v3"}}), {{"GOAMD64", "v2"}}) ==
        "GOAMD64=v2 in the environment wins over the SDK's GOAMD64=v3 (unset GOAMD64)\n");
  CHECK(said(sdk(amd64), {{"GOAMD64", "v2"}}) ==
        "GOAMD64=v2 in the environment: programs are compiled with it (unset GOAMD64)\n");
  CHECK(said(sdk(amd64), {{"GOAMD64", "v1"}}).empty());  // as it is without
  CHECK(said(sdk(amd64, {{"GOAMD64", "v3"}}), {{"GOAMD64", "v3"}}).empty());
  CHECK(
      contains(said(sdk(amd64, {{"GOAMD64", "v3"}}), {{"GOAMD64", "v1"}}), "wins over the SDK's GOAMD64=v3"));
}

TEST_CASE("a level that the release does not know is refused with the nearest, wherever it is set") {
  const std::string error = refused(sdk(amd64), {{"GOAMD64", "v5"}});
  CHECK(contains(error, "GOAMD64=v5 in the environment cannot be: GOAMD64 of go1.24.4 is v1, v2, v3 or v4"));
  CHECK(contains(error, "The nearest is GOAMD64=v4. Or: unset GOAMD64"));
  const Scratch scratch;
  CHECK(contains(refused(sdk(amd64), with_file(scratch, "GOAMD64=v5\n")), "go env -u GOAMD64"));
  CHECK(contains(refused(sdk({"linux", "arm"}), {{"GOARM", "9"}}), "GOARM=9 in the environment cannot be"));
  CHECK(contains(refused(sdk(riscv64), {{"GORISCV64", "rva23u64"}}), "GORISCV64=rva23u64"));
  // the port that the programs will be for counts
  CHECK(contains(refused(sdk(riscv64), {{"GOARCH", "amd64"}, {"GOAMD64", "v9"}}), "GOAMD64=v9"));
}

TEST_CASE("a level of another port that cannot be is told, for it does not count") {
  CHECK(said(sdk(riscv64), {{"GOAMD64", "v5"}}) ==
        "GOAMD64=v5 in the environment cannot be: GOAMD64 of go1.24.4 is v1, v2, v3 or v4; it does not count "
        "for "
        "linux/riscv64 (unset GOAMD64)\n");
  CHECK(said(sdk(riscv64), {{"GOAMD64", "v3"}}).empty());
}

TEST_CASE("the file of `go env -w` counts where the environment has nothing, and the SDK neither") {
  const Scratch scratch;
  CHECK(contains(
      said(sdk(amd64), with_file(scratch, "GOAMD64=v3\nGOOS=windows\nGOARCH=arm64\nGOROOT=/x\n")),
      "GOAMD64=v3 in " + (scratch / "env").string() + ": programs are compiled with it (go env -u GOAMD64)"));
  CHECK(said(sdk(riscv64), with_file(scratch, "GOOS=windows\nGOARCH=arm64\nGOROOT=/x\n")).empty());
  CHECK(said(sdk(amd64, {{"GOAMD64", "v3"}}), with_file(scratch, "GOAMD64=v2\n")).empty());
}

TEST_CASE("an SDK of layout 1 is not used with a GOROOT of `go env -w`: its go command would take that") {
  const Scratch scratch;
  Manifest old = sdk(riscv64);
  old.layout = 1;
  const std::string error = refused(old, with_file(scratch, "GOROOT=/x\n"));
  CHECK(contains(error, "sets GOROOT=/x"));
  CHECK(contains(error, "gostrap build linux/riscv64 --release 1.24.4"));
}

TEST_CASE("cmd/go's own way to the file of `go env -w`") {
  CHECK(written_settings_file({{"HOME", "/h"}}) == "/h/.config/go/env");
  CHECK(written_settings_file({{"HOME", "/h"}, {"XDG_CONFIG_HOME", "/c"}}) == "/c/go/env");
  CHECK(written_settings_file({{"HOME", "/h"}, {"GOENV", "/e"}}) == "/e");
  CHECK(written_settings_file({{"HOME", "/h"}, {"GOENV", "off"}}).empty());
  CHECK(written_settings_file({{"HOME", "/h"}, {"XDG_CONFIG_HOME", "relative"}}).empty());
  CHECK(written_settings_file({}).empty());
}

TEST_CASE("what gostrap has set for one SDK is not taken for the user's with another") {
  const Environment first =
      sdk_environment("/a", {{"PATH", "/p"}, {"X", "1"}}, {}, sdk_defaults(sdk(amd64, {{"GOAMD64", "v3"}})));
  CHECK(first == Environment{{"PATH", "/a/bin:/p"},
                             {"X", "1"},
                             {"GOTOOLCHAIN", "local"},
                             {"GOOS", "linux"},
                             {"GOARCH", "amd64"},
                             {"GOAMD64", "v3"},
                             {"GOSTRAP_DEFAULTS", "GOOS=linux GOARCH=amd64 GOAMD64=v3"}});
  CHECK(without_defaults(first) == Environment{{"PATH", "/a/bin:/p"}, {"X", "1"}, {"GOTOOLCHAIN", "local"}});
  const Environment second = sdk_environment("/b", first, {}, sdk_defaults(sdk(riscv64)));
  CHECK(said(sdk(riscv64), without_defaults(first)).empty());
  for (const auto& [name, value] : second) {
    if (name == "GOARCH") CHECK(value == "riscv64");
    CHECK(name != "GOAMD64");
  }
  // a choice made meanwhile is the user's
  CHECK(without_defaults(
            {{"GOOS", "linux"}, {"GOARCH", "386"}, {"GOSTRAP_DEFAULTS", "GOOS=linux GOARCH=amd64"}}) ==
        Environment{{"GOOS", "linux"}, {"GOARCH", "386"}});
}

TEST_CASE("a directory with a colon is refused, for it cannot be on PATH") {
  CHECK(contains(error_of([] { require_no_colon("/a:b/s", "put an SDK on PATH"); }),
                 "/a:b/s has a colon in it"));
  CHECK(error_of([] { require_no_colon("/a b;c/s", "x"); }).empty());
}

TEST_CASE("what bends all go commands is told: flags, another toolchain, a GOROOT, cgo") {
  CHECK(contains(said(sdk(riscv64), {{"GOFLAGS", "-tags=x"}}),
                 "GOFLAGS=-tags=x in the environment: every go command has these flags (unset GOFLAGS)"));
  CHECK(contains(said(sdk(riscv64), {{"GOTOOLCHAIN", "go1.23.1"}}),
                 "GOTOOLCHAIN=go1.23.1 in the environment is passed over: go1.24.4 is used as it is"));
  CHECK(said(sdk(riscv64), {{"GOTOOLCHAIN", "go1.24.4+auto"}}).empty());
  CHECK(said(sdk(riscv64), {{"GOTOOLCHAIN", "local"}}).empty());
  CHECK(contains(said(sdk(riscv64), {{"GOROOT", "/x"}}), "GOROOT=/x in the environment is taken away"));
  CHECK(contains(said(sdk(riscv64), {{"CGO_ENABLED", "1"}}), "CGO_ENABLED=1 in the environment: what is C"));
  CHECK(said(sdk(riscv64), {{"CGO_ENABLED", "0"}}).empty());  // as it is without
  CHECK(contains(said(sdk(own_port()), {{"CGO_ENABLED", "0"}}), "without what is C in them"));
}

TEST_CASE("go env -w counts for them, too, and is named by its file") {
  const Scratch scratch;
  const Environment written = with_file(scratch, "GOFLAGS=-mod=mod\nGOTOOLCHAIN=go1.22.0\n");
  const std::string file = (scratch / "env").string();
  CHECK(contains(said(sdk(riscv64), written), "GOFLAGS=-mod=mod in " + file));
  CHECK(contains(said(sdk(riscv64), written), "GOTOOLCHAIN=go1.22.0 in " + file + " is passed over"));
  CHECK(contains(said(sdk(riscv64), written), "(go env -u GOFLAGS)"));
}

TEST_CASE("an SDK that compiles C is bound to its compiler: what is set for another is told as not used") {
  CHECK(said(sdk_with_c(), {{"CC", "gcc"}}) ==
        "CC=gcc in the environment: not used, this SDK is bound to aarch64-linux-gnu-gcc (Debian 12.2.0-14) "
        "12.2.0 (unset "
        "CC)\n");
  for (const char* name : {"AR", "CC", "CXX", "PKG_CONFIG"}) {
    CHECK_MESSAGE(contains(said(sdk_with_c(), {{name, "mine"}}),
                           std::string(name) + "=mine in the environment: not used"),
                  name);
    CHECK_MESSAGE(said(sdk_with_c(), {{name, ""}}).empty(), name);
    CHECK_MESSAGE(said(sdk(riscv64), {{name, "mine"}}).empty(), name);
  }
  const Scratch scratch;
  CHECK(contains(said(sdk_with_c(), with_file(scratch, "CXX=g++\n")),
                 "CXX=g++ in " + (scratch / "env").string() + ": not used"));
  CHECK(contains(said(sdk_with_c(), with_file(scratch, "CXX=g++\n")), "(go env -u CXX)"));
}

TEST_CASE("CGO_ENABLED=0 leaves C out of an SDK that compiles it, by the environment alone") {
  CHECK(said(sdk_with_c(), {{"CGO_ENABLED", "0"}}) ==
        "CGO_ENABLED=0 in the environment: packages are compiled without what is C in them (unset "
        "CGO_ENABLED)\n");
  CHECK(said(sdk_with_c(), {{"CGO_ENABLED", "1"}}).empty());
  CHECK(said(sdk_with_c(own_port()), {{"CGO_ENABLED", "1"}}).empty());
  const Scratch scratch;
  const Environment written = with_file(scratch, "CGO_ENABLED=0\n");
  CHECK(said(sdk_with_c(), written) ==
        "CGO_ENABLED=0 of `go env -w` is passed over: this SDK compiles C; in the environment it counts\n");
  CHECK(said(sdk_with_c(), with(written, {{"CGO_ENABLED", "0"}})) ==
        "CGO_ENABLED=0 in the environment: packages are compiled without what is C in them (unset "
        "CGO_ENABLED)\n");
  CHECK(said(sdk_with_c(), with_file(scratch, "CGO_ENABLED=1\n")).empty());
  CHECK(contains(said(sdk(riscv64), {{"CGO_ENABLED", "1"}}), "an SDK has none of: --cgo names one that has"));
}

TEST_CASE("CGO_ENABLED=0 that an SDK has set for a port without a C compiler is no choice of the user's") {
  const Environment below{{"GOOS", "linux"},
                          {"GOARCH", "amd64"},
                          {"CGO_ENABLED", "0"},
                          {"GOSTRAP_DEFAULTS", "GOOS=linux GOARCH=arm64 CGO_ENABLED=0"}};
  CHECK(without_defaults(below) == Environment{{"GOOS", "linux"}, {"GOARCH", "amd64"}});
  CHECK(without_defaults({{"CGO_ENABLED", "0"}, {"GOSTRAP_DEFAULTS", "GOOS=linux GOARCH=arm64"}}) ==
        Environment{{"CGO_ENABLED", "0"}});
  CHECK(without_defaults(
            {{"CGO_ENABLED", "1"}, {"GOSTRAP_DEFAULTS", "GOOS=linux GOARCH=arm64 CGO_ENABLED=0"}}) ==
        Environment{{"CGO_ENABLED", "1"}});
}
