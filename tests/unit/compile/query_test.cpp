#include "compile/query.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// An SDK whose go command is a script: `go env -json` prints what is there as `env`, and `go list` as
/// `list`.
struct Bench {
  Scratch scratch;
  StepCache cache{scratch / "cache"};
  ProgramQuery query;

  Bench() {
    scratch.directory("m");
    scratch.file(
        "sdk/bin/go",
        "#!/bin/sh\nhere=${0%/bin/go}\necho \"$*\" >>\"$here/asked\"\n/usr/bin/env >\"$here/environment\"\n"
        "case $1 in env) cat \"$here/env\" ;; list) cat \"$here/list\"; exit $(cat \"$here/code\") ;; esac\n",
        true);
    say("env", "{\n\t\"GOMODCACHE\": \"/cache\",\n\t\"GOPROXY\": \"https://p,direct\"\n}\n");
    say("list", "{\n\t\"Dir\": \"/m\",\n\t\"ImportPath\": \"x.com/m\",\n\t\"Name\": \"main\"\n}\n");
    say("code", "0");
    query.sdk = query.goroot = (scratch / "sdk").string();
    query.directory = (scratch / "m").string();
    query.packages = {"."};
    query.port = {"linux", "riscv64"};
  }
  void say(const std::string& what, const std::string& text) const { scratch.file("sdk/" + what, text); }
  std::string asked() const { return read_file(scratch / "sdk/asked"); }
  ProgramAnswer ask() const { return query_program(query, cache); }
  std::string refusal() const {
    return error_of([&] { ask(); });
  }
  /// A variable of the environment in which the question is put.
  std::string variable(const std::string& name) const {
    std::string found = "unset";
    for (const auto& [each, value] : query_environment(query, cache)) {
      if (each == name) found = value;
    }
    return found;
  }
  /// The same, where the caller has set variables.
  std::string variable_with(const Environment& own, const std::string& name) const {
    return told_by_child([&] {
      for (const auto& [each, value] : own) ::setenv(each.c_str(), value.c_str(), 1);
      return variable(name);
    });
  }
};

}  // namespace

TEST_CASE("the go command is asked for the port, without cgo, and for no other Go") {
  const Bench bench;
  CHECK(bench.variable("GOOS") == "linux");
  CHECK(bench.variable("GOARCH") == "riscv64");
  CHECK(bench.variable("CGO_ENABLED") == "0");
  CHECK(bench.variable("GOTOOLCHAIN") == "local");
  CHECK(bench.variable("GOENV") == "off");
  CHECK(bench.variable("GOFLAGS") == "");
  CHECK(bench.variable("PWD") == bench.query.directory);
  CHECK(bench.variable("GOCACHE") == (bench.scratch / "cache/go").string());
}

TEST_CASE("what a caller has set for Go or a C compiler bends no answer") {
  const Bench bench;
  for (const std::string name :
       {"GOROOT", "GOAMD64", "GOEXPERIMENT", "CC", "CGO_CFLAGS", "LC_MESSAGES", "LANG", "PKG_CONFIG"})
    CHECK_MESSAGE(bench.variable_with({{name, "evil"}}, name) == "unset", name);
  CHECK(bench.variable_with({{"GOFLAGS", "-mod=mod"}}, "GOFLAGS") == "");
  CHECK(bench.variable_with({{"GOOS", "plan9"}}, "GOOS") == "linux");
}

TEST_CASE("what a caller's git, ssh and proxies need comes along") {
  const Bench bench;
  for (const std::string name : {"SSH_AUTH_SOCK", "https_proxy", "GIT_SSH_COMMAND", "HOME"})
    CHECK_MESSAGE(bench.variable_with({{name, "/theirs"}}, name) == "/theirs", name);
}

TEST_CASE("settings of modules are as the SDK's own go command tells them") {
  const Bench bench;
  CHECK(bench.variable("GOPROXY") == "https://p,direct");
  CHECK(bench.variable("GOMODCACHE") == "/cache");
}

TEST_CASE("offline, only proxies on this machine are asked, and no version control") {
  Bench bench;
  bench.query.offline = true;
  CHECK(bench.variable("GOPROXY") == "off");
  CHECK(bench.variable("GOVCS") == "*:off");
  bench.say("env", "{\n\t\"GOPROXY\": \"https://p,file:///mirror|direct\"\n}\n");
  CHECK(bench.variable("GOPROXY") == "file:///mirror,off");
}

TEST_CASE("what is laid over the environment wins") {
  Bench bench;
  bench.query.settings = {{"GORISCV64", "rva22u64"}, {"GOFLAGS", "-x"}};
  CHECK(bench.variable("GORISCV64") == "rva22u64");
  CHECK(bench.variable("GOFLAGS") == "-x");
}

TEST_CASE("an answer is the packages and the settings that the go command tells") {
  const Bench bench;
  const ProgramAnswer answer = bench.ask();
  REQUIRE(answer.packages.size() == 1);
  CHECK(answer.packages[0].import_path == "x.com/m");
  CHECK(answer.go_env.at("GOMODCACHE") == "/cache");
  CHECK_FALSE(answer.remembered);
}

TEST_CASE("packages are asked for as they were named, with the options that were given") {
  Bench bench;
  bench.query.packages = {"./cmd/x", "-y"};
  bench.query.tags = {"a", "b"};
  bench.query.mod = "vendor";
  bench.query.mod_file = "other.mod";
  bench.query.build_mode = "pie";
  bench.ask();
  CHECK(contains(bench.asked(), "list -deps -json=" + std::string(go_list_fields)));
  CHECK(contains(bench.asked(), " -tags=a,b -mod=vendor -modfile=other.mod -buildmode=pie -- ./cmd/x -y\n"));
}

TEST_CASE("what the go command says of its failure is the reason") {
  const Bench bench;
  bench.say("list", "go: no such module\n");
  bench.say("code", "1");
  CHECK(contains(bench.refusal(), "cannot list the packages of .: go: no such module"));
  bench.say("list", "go: write /x: no space left on device\n");
  CHECK(contains(bench.refusal(), "--cache DIR or $GOSTRAP_COMPILE_CACHE"));
}

TEST_CASE("what it prints beside its answer is no part of it") {
  const Bench bench;
  bench.say("list",
            "go: downloading x.com/o v1.0.0\n{\n\t\"Dir\": \"/m\",\n\t\"ImportPath\": "
            "\"x.com/m\",\n\t\"Name\": \"main\"\n}\n");
  CHECK(bench.ask().packages.size() == 1);
}
