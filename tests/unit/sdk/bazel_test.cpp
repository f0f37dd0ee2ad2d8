#include "sdk/bazel.hpp"

#include "program/samples.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

constexpr unsigned x86_64 = 62;
constexpr unsigned aarch64 = 183;

/// A GOROOT for linux/amd64 that rules_go takes, until something is changed.
struct Goroot {
  Scratch scratch;
  Goroot() {
    file("VERSION", "go1.24.4\ntime 2025-05-29T19:37:36Z\n");
    file("go.env", "GOTOOLCHAIN=auto\n");
    file("bin/go", elf(x86_64, std::string(16, 'x')), true);
    for (const char* const tool : {"asm", "cgo", "compile", "cover", "link"})
      file("pkg/tool/linux_amd64/" + std::string(tool), "", true);
    file("pkg/include/textflag.h", "");
    for (const char* const directory : {"src/runtime", "src/fmt", "src/cmd/compile", "src/cmd/pack"})
      scratch.directory(std::string("go/") + directory);
  }
  void file(const std::string& name, const std::string& text, bool executable = false) const {
    scratch.file("go/" + name, text, executable);
  }
  void remove(const std::string& name) const { fs::remove_all(scratch / "go" / name); }
  std::vector<Check> check() const { return check_for_bazel(scratch / "go"); }
  Check check(const std::string& name) const {
    for (const Check& each : check()) {
      if (each.name == name) return each;
    }
    FAIL("nothing was said of " << name);
    return {};
  }
  /// The names of what does not hold.
  std::vector<std::string> failed() const {
    std::vector<std::string> names;
    for (const Check& each : check()) {
      if (each.result == Check::Result::failed) names.push_back(each.name);
    }
    return names;
  }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a GOROOT that rules_go takes holds in all") {
  CHECK(all_hold(Goroot().check()));
  CHECK(Goroot().check("bin/go").says == "static, for linux/amd64");
  CHECK(Goroot().check("pkg/tool").says == "it runs on linux/amd64");
}

TEST_CASE("of an output the GOROOT in it is looked at") {
  const Goroot goroot;
  goroot.scratch.directory("output/share");
  fs::rename(goroot.scratch / "go", goroot.scratch / "output/share/go");
  CHECK(all_hold(check_for_bazel(goroot.scratch / "output")));
}

TEST_CASE("what is no directory is an error") {
  const Goroot goroot;
  CHECK(contains(error_of([&] { check_for_bazel(goroot.scratch / "none"); }), "it is no directory"));
  CHECK(contains(error_of([&] { check_for_bazel(goroot.scratch / "go/VERSION"); }), "it is no directory"));
}

TEST_CASE("VERSION has a Go version in its first line") {
  const Goroot goroot;
  goroot.file("VERSION", "devel go1.24-abcdef\n");
  CHECK(contains(goroot.check("VERSION").says, "its first line is no Go version"));
  goroot.file("VERSION", "1.24.4\n");
  CHECK(goroot.check("VERSION").result == Check::Result::failed);
  goroot.remove("VERSION");
  CHECK(goroot.check("VERSION").says == "there is no such file");
}

TEST_CASE("pkg/tool has exactly one directory of a port: by it the platform is known") {
  const Goroot goroot;
  goroot.scratch.directory("go/pkg/tool/linux_arm64");
  CHECK(goroot.check("pkg/tool").details == Names{"linux_amd64", "linux_arm64"});
  CHECK(goroot.failed() == Names{"pkg/tool"});
  goroot.remove("pkg/tool");
  CHECK(contains(goroot.check("pkg/tool").says, "and has 0"));
}

TEST_CASE("bin/go is there, may be run, and runs on what pkg/tool is for") {
  const Goroot goroot;
  goroot.file("bin/go", elf(aarch64, std::string(16, 'x')), true);
  CHECK(goroot.check("bin/go").says == "it is for arm64, and pkg/tool for amd64");
  goroot.file("bin/go", elf(x86_64, std::string(16, 'x')));
  CHECK(goroot.check("bin/go").says == "it is not executable");
  goroot.remove("bin/go");
  CHECK(goroot.check("bin/go").says == "there is none");
}

TEST_CASE("what is not ELF is looked at no further") {
  const Goroot goroot;
  goroot.file("bin/go", "#!/bin/sh\n", true);
  CHECK(goroot.check("bin/go").result == Check::Result::passed);
  CHECK(contains(goroot.check("bin/go").says, "not ELF"));
}

TEST_CASE("a toolchain of windows has its programs under their names there") {
  const Goroot goroot;
  goroot.remove("pkg/tool");
  for (const char* const tool : {"asm", "cgo", "compile", "cover", "link"})
    goroot.file("pkg/tool/windows_amd64/" + std::string(tool) + ".exe", "");
  CHECK(goroot.failed() == Names{"bin/go"});
  goroot.file("bin/go.exe", "MZ");
  CHECK(goroot.failed().empty());
}

TEST_CASE("tools that are missing are named") {
  const Goroot goroot;
  goroot.remove("pkg/tool/linux_amd64/cgo");
  goroot.remove("pkg/tool/linux_amd64/link");
  CHECK(goroot.check("tools").details == Names{"cgo", "link"});
}

TEST_CASE("a go.env that targets another port makes a builder that would not run, and the way out is told") {
  const Goroot goroot;
  goroot.file("go.env", "GOTOOLCHAIN=local\nGOOS=linux\nGOARCH=riscv64\n");
  const Check check = goroot.check("go.env");
  CHECK(check.result == Check::Result::failed);
  CHECK(contains(check.says, "target linux/riscv64"));
  CHECK(contains(check.details.at(1), "--platforms=@rules_go//go/toolchain:linux_riscv64"));
}

TEST_CASE("a go.env that is missing is missed from Go 1.21 on") {
  const Goroot goroot;
  goroot.remove("go.env");
  CHECK(goroot.failed() == Names{"go.env"});
  goroot.file("VERSION", "go1.20.14\n");
  CHECK(goroot.failed().empty());
}

TEST_CASE("headers and sources that Bazel globs are there") {
  const Goroot goroot;
  goroot.remove("pkg/include");
  goroot.remove("src/cmd/pack");
  CHECK(goroot.failed() == Names{"pkg/include", "src"});
  CHECK(goroot.check("src").details == Names{"src/cmd/pack"});
}

TEST_CASE("a package of Bazel's own within it would hide what is beside it") {
  const Goroot goroot;
  goroot.file("src/fmt/BUILD.bazel", "");
  CHECK(goroot.check("packages").details == Names{"src/fmt/BUILD.bazel"});
  goroot.remove("src/fmt/BUILD.bazel");
  goroot.file("src/fmt/BUILD.go", "");
  CHECK(goroot.failed().empty());
}
