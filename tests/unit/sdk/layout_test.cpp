#include "sdk/layout.hpp"

#include "sdk/launcher.hpp"
#include "sdk/use.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Release release() {
  Release release;
  release.version = {1, 24, 4};
  release.ports = {{"linux", "amd64"}, {"linux", "riscv64"}, {"js", "wasm"}};
  return release;
}

/// A toolchain output hosted on linux/amd64.
fs::path toolchain(const Scratch& scratch) {
  scratch.file("host/share/go/go.env", "GOPROXY=p\nGOTOOLCHAIN=auto\n");
  scratch.file("host/share/go/bin/go", "go", true);
  scratch.file("host/share/go/bin/gofmt", "gofmt", true);
  Manifest manifest;
  manifest.kind = Kind::toolchain;
  manifest.release = "1.24.4";
  manifest.hosted_on = manifest.port = {"linux", "amd64"};
  finish_output(scratch / "host", manifest);
  return scratch / "host";
}

}  // namespace

TEST_CASE("go.env sets the port and pins the toolchain, and keeps everything else") {
  const std::string text = sdk_go_env("# c\nGOPROXY=p\nGOTOOLCHAIN=auto\nGOSUMDB=s", {"linux", "riscv64"});
  CHECK(contains(text, "# c\nGOPROXY=p\nGOSUMDB=s\n"));
  CHECK(contains(text, "\nGOTOOLCHAIN=local\nGOOS=linux\nGOARCH=riscv64\n"));
  CHECK_FALSE(contains(text, "auto"));
}

TEST_CASE("an SDK is the toolchain with another go.env, wrappers and links") {
  const Scratch scratch;
  const fs::path sdk = scratch.directory("sdk");
  make_sdk({release().at({"linux", "riscv64"}), {}, toolchain(scratch)}, CopyMode::copy, sdk);
  CHECK(read_file(sdk / "bin/go") == launcher({"linux", "riscv64"}, {}));
  CHECK(fs::read_symlink(sdk / "bin/gofmt") == "../share/go/bin/gofmt");
  CHECK(read_file(sdk / "GOROOT/bin/gofmt") == "gofmt");
  CHECK(fs::read_symlink(sdk / "go") == "share/go");
  CHECK(contains(read_file(sdk / "share/go/go.env"), "GOARCH=riscv64"));
  CHECK(read_file(upstream_go_env(sdk)) == "GOPROXY=p\nGOTOOLCHAIN=auto\n");
  CHECK(contains(read_file(sdk / "bin/go_linux_riscv64_exec"), "qemu-riscv64"));
  const Manifest manifest = read_manifest(sdk);
  CHECK(manifest.kind == Kind::sdk);
  CHECK(manifest.port.text() == "linux/riscv64");
  CHECK(manifest.hosted_on.text() == "linux/amd64");
  CHECK(manifest.differences == std::vector<std::string>{"go.env"});
}

TEST_CASE("an SDK is read-only") {
  const Scratch scratch;
  const fs::path sdk = scratch.directory("sdk");
  make_sdk({release().at({"linux", "riscv64"}), {}, toolchain(scratch)}, CopyMode::copy, sdk);
  for (const TreeEntry& entry : list_tree(sdk)) {
    if (entry.type == TreeEntry::Type::symlink) continue;
    CHECK((fs::status(sdk / entry.path).permissions() & fs::perms(0222)) == fs::perms::none);
  }
}

TEST_CASE("the same inputs make the same SDK, linked or copied") {
  const Scratch scratch;
  const fs::path host = toolchain(scratch);
  make_sdk({release().at({"js", "wasm"}), {}, host}, CopyMode::copy, scratch.directory("a"));
  make_sdk({release().at({"js", "wasm"}), {}, host}, CopyMode::link_if_possible, scratch.directory("b"));
  CHECK(read_file(manifest_path(scratch / "a")) == read_file(manifest_path(scratch / "b")));
  CHECK(fs::hard_link_count(scratch / "b/share/go/bin/go") == 2);
}

TEST_CASE("an SDK is not made of an SDK, nor of another release") {
  const Scratch scratch;
  const fs::path host = toolchain(scratch);
  make_sdk({release().at({"js", "wasm"}), {}, host}, CopyMode::copy, scratch.directory("sdk"));
  const auto make = [&](const Release& of, const fs::path& from) {
    return error_of([&] {
      make_sdk({of.at({"js", "wasm"}), {}, from}, CopyMode::copy, scratch.directory("x"));
    });
  };
  CHECK(contains(make(release(), scratch / "sdk"), "that is a sdk of go1.24.4"));
  Release other = release();
  other.version.patch = 5;
  CHECK(contains(make(other, host), "that is a toolchain of go1.24.4"));
}

TEST_CASE("using an SDK puts it first on PATH and removes what leads go astray") {
  const Environment environment = sdk_environment(
      "/sdk", {{"PATH", "/usr/bin"}, {"GOROOT", "/old"}, {"GOTOOLDIR", "/t"}, {"GOOS", "plan9"}, {"X", "1"}});
  CHECK(environment ==
        Environment{{"PATH", "/sdk/bin:/usr/bin"}, {"GOOS", "plan9"}, {"X", "1"}, {"GOTOOLCHAIN", "local"}});
}

TEST_CASE("the shell lines survive any path") {
  const std::string lines = sdk_shell_lines("/a b/it's $HOME");
  CHECK(contains(lines, "export PATH='/a b/it'\\''s $HOME/bin'\"${PATH:+:$PATH}\"\n"));
  CHECK(contains(lines, "unset GOROOT\n"));
}

TEST_CASE("what a profile sets stands in go.env, and the toolchain stays canonical") {
  const Scratch scratch;
  const fs::path sdk = scratch.directory("sdk");
  Profile profile;
  profile.settings["GORISCV64"] = "rva22u64";
  make_sdk({release().at({"linux", "riscv64"}), profile, toolchain(scratch)}, CopyMode::copy, sdk);
  CHECK(contains(read_file(sdk / "share/go/go.env"), "\nGORISCV64=rva22u64\n"));
  const Manifest manifest = read_manifest(sdk);
  CHECK(manifest.profile == profile);
  CHECK(manifest.canonical);
  CHECK(manifest.differences == std::vector<std::string>{"go.env"});
}

TEST_CASE("a default is compiled in, its file is kept as it was, and the SDK is not canonical") {
  const Scratch scratch;
  const std::string pacer =
      "\nfunc readGOGC() int32 {\n\tp := gogetenv(\"GOGC\")\n\tif p == \"off\" {\n\t\treturn "
      "-1\n\t}\n\treturn 100\n}\n";
  scratch.file("host/share/go/src/runtime/mgcpacer.go", pacer);
  const fs::path sdk = scratch.directory("sdk");
  Profile profile;
  profile.defaults["GOGC"] = "200";
  make_sdk({release().at({"linux", "riscv64"}), profile, toolchain(scratch)}, CopyMode::copy, sdk);
  CHECK(contains(read_file(sdk / "share/go/src/runtime/mgcpacer.go"), "return 200"));
  CHECK(read_file(upstream_files(sdk) / "src/runtime/mgcpacer.go") == pacer);
  const Manifest manifest = read_manifest(sdk);
  CHECK_FALSE(manifest.canonical);
  CHECK(manifest.differences == std::vector<std::string>{"go.env", "src/runtime/mgcpacer.go"});
}

TEST_CASE("an SDK with a profile has a build cache of its own, unless the user has one") {
  Profile profile;
  profile.settings["GOAMD64"] = "v3";
  CHECK(sdk_cache("/s/key-name", {}).empty());
  const fs::path cache = sdk_cache("/s/key-name", profile);
  CHECK(contains(cache.string(), "gostrap/go-build/key-name"));
  const auto gocache = [&](const Environment& before) {
    for (const auto& [name, value] : sdk_environment("/s/key-name", before, cache)) {
      if (name == "GOCACHE") return value;
    }
    return std::string();
  };
  CHECK(gocache({}) == cache.string());
  CHECK(gocache({{"GOCACHE", "/mine"}}) == "/mine");
  CHECK(gocache({{"GOCACHE", "/x/gostrap/go-build/another"}}) == cache.string());
  CHECK(contains(sdk_shell_lines("/s/key-name", cache), "export GOCACHE='" + cache.string() + "'"));
  CHECK_FALSE(contains(sdk_shell_lines("/s/key-name"), "GOCACHE"));
}
