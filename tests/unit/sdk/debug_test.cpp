#include "sdk/debug.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

DebugCommand debugged(const Port& port, const std::vector<std::string>& command,
                      const Environment& environment = {}) {
  Manifest manifest;
  manifest.port = port;
  return debug_command("/it's/sdk", manifest, command, environment);
}

}  // namespace

TEST_CASE("what no debugger reads is refused with the reason") {
  CHECK(contains(error_of([] {
                   debugged({"js", "wasm"}, {"p"});
                 }),
                 "Go writes no debug information into wasm"));
  CHECK(contains(error_of([] {
                   debugged({"windows", "amd64"}, {"p"});
                 }),
                 "no emulator here runs programs of windows"));
  CHECK(contains(error_of([] {
                   debugged(own_port(), {"go", "build"});
                 }),
                 "for a program, go run and go test"));
}

TEST_CASE(
    "go test is told to start the program by a script, with debug information, after the user's flags") {
  const DebugCommand debug = debugged(own_port(), {"go", "test", "."}, {{"GOFLAGS", "-tags=x"}});
  CHECK(debug.argv == std::vector<std::string>{"go", "test", "."});
  const std::string flags = value_in(debug.environment, "GOFLAGS").value_or("");
  CHECK(flags.starts_with("-tags=x '-exec=/bin/sh /"));
  CHECK(contains(flags, "'-gcflags=all=-N -l -dwarf=true'"));
}

TEST_CASE("go test in another directory is go test, and go build there is not") {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"go", "-C", "it's/m", "test", "."}, {"go", "-C=m", "run", "."}})
    CHECK(contains(value_in(debugged(own_port(), command).environment, "GOFLAGS").value_or(""), "-exec="));
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"go", "-C", "test", "build"}, {"go", "-C", "test"}, {"go", "-C"}}) {
    CHECK(contains(error_of([&] { debugged(own_port(), command); }), "for a program, go run and go test"));
  }
}
