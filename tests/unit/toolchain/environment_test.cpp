#include "toolchain/environment.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string value(const Environment& environment, const std::string& name) {
  for (const auto& [each, value] : environment) {
    if (each == name) return value;
  }
  return "(unset)";
}

std::set<std::string> names(const Environment& environment) {
  std::set<std::string> names;
  for (const auto& pair : environment) names.insert(pair.first);
  return names;
}

const EnvironmentSettings settings{"/w", 0};

}  // namespace

TEST_CASE("make.bash sees none of the variables that it bakes into the compiler") {
  const std::vector<std::string> baked{"CC",
                                       "CXX",
                                       "CGO_ENABLED",
                                       "GO386",
                                       "GOAMD64",
                                       "GOARM",
                                       "GOARM64",
                                       "GOMIPS",
                                       "GOMIPS64",
                                       "GOPPC64",
                                       "GORISCV64",
                                       "GOFIPS140",
                                       "GO_LDSO",
                                       "GOOS",
                                       "GOARCH",
                                       "GOEXPERIMENT",
                                       "GO_EXTLINK_ENABLED",
                                       "PKG_CONFIG",
                                       "GOFLAGS"};
  for (const std::string& name : baked) ::setenv(name.c_str(), "evil", 1);
  const Environment environment = make_bash_environment(settings, "/bootstrap");
  for (const std::string& name : baked) {
    ::unsetenv(name.c_str());
    CHECK_MESSAGE(value(environment, name) == "(unset)", name);
  }
  CHECK(value(environment, "GOROOT_BOOTSTRAP") == "/bootstrap");
}

TEST_CASE("nothing but PATH comes from the caller") {
  ::setenv("GOSTRAP_TEST_STRAY", "1", 1);
  const Environment before = base_environment(settings);
  CHECK(names(before).count("GOSTRAP_TEST_STRAY") == 0);
  ::unsetenv("GOSTRAP_TEST_STRAY");
  CHECK(value(before, "HOME") == "/w/home");
  CHECK(value(before, "GOPROXY") == "off");
  CHECK(value(before, "GOTOOLCHAIN") == "local");
}

TEST_CASE("PATH keeps only absolute directories that are there") {
  const Scratch scratch;
  const std::string own = ::getenv("PATH");
  ::setenv("PATH", (".::" + scratch.path().string() + ":/no/such/directory:relative").c_str(), 1);
  const std::string path = value(base_environment(settings), "PATH");
  ::setenv("PATH", own.c_str(), 1);
  CHECK(path == scratch.path().string());
}

TEST_CASE("PATH has nothing of the caller's home, but for what only that has") {
  const Scratch scratch;
  const fs::path home = scratch / "home";
  const fs::path machine = scratch / "machine";
  for (const fs::path& directory : {home / ".cargo" / "bin", home / ".profile" / "bin", machine})
    fs::create_directories(directory);
  const std::string own_path = ::getenv("PATH");
  const std::string own_home = ::getenv("HOME");
  const auto path_with = [&](const std::string& path) {
    ::setenv("HOME", home.c_str(), 1);
    ::setenv("PATH", path.c_str(), 1);
    std::string result = value(base_environment(settings), "PATH");
    ::setenv("PATH", own_path.c_str(), 1);
    ::setenv("HOME", own_home.c_str(), 1);
    return result;
  };
  const std::string cargo = (home / ".cargo" / "bin").string();
  const std::string profile = (home / ".profile" / "bin").string();
  CHECK(path_with(cargo + ":" + machine.string()) == machine.string());
  fs::create_symlink("/bin/sh", home / ".profile" / "bin" / "bash");
  CHECK(path_with(cargo + ":" + profile + ":" + machine.string()) == machine.string() + ":" + profile);
  fs::create_symlink("/bin/sh", machine / "bash");
  CHECK(path_with(cargo + ":" + profile + ":" + machine.string()) == machine.string());
}

TEST_CASE("a port's environment is upstream's for its archive") {
  const Environment riscv64 = port_environment(settings, "/go", {"linux", "riscv64"});
  CHECK(value(riscv64, "GOOS") == "linux");
  CHECK(value(riscv64, "GOARCH") == "riscv64");
  CHECK(value(riscv64, "CGO_ENABLED") == "0");
  CHECK(value(riscv64, "GOFLAGS") == "-trimpath -ldflags=-w -gcflags=cmd/...=-dwarf=false");
  CHECK(value(riscv64, "GOARM") == "(unset)");
  CHECK(value(port_environment(settings, "/go", {"linux", "arm"}), "GOARM") == "6");
  CHECK(value(port_environment(settings, "/go", {"netbsd", "arm"}), "GOARM") == "7");
}

TEST_CASE("the number of processors is bounded only when asked for") {
  CHECK(value(base_environment(settings), "GOMAXPROCS") == "(unset)");
  CHECK(value(base_environment({"/w", 3}), "GOMAXPROCS") == "3");
}

TEST_CASE("compilers collect seldom, and have a limit where they know of one") {
  const Environment today = base_environment({"/w", 0, {}, Version{1, 24, 4, 0}});
  CHECK(value(today, "GOGC") == "200");
  CHECK(value(today, "GOMEMLIMIT") == "1GiB");
  const Environment before = base_environment({"/w", 0, {}, Version{1, 18, 0, 0}});
  CHECK(value(before, "GOGC") == "200");
  CHECK(value(before, "GOMEMLIMIT") == "(unset)");
  CHECK(value(base_environment({"/w", 0, {{"GOGC", "50"}}, Version{1, 24, 4, 0}}), "GOGC") == "50");
}
