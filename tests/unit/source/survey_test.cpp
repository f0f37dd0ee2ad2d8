#include "source/survey.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

constexpr const char* platform = "src/internal/platform/zosarch.go";

/// A tree that says all that a survey asks.
void describe(const Scratch& scratch) {
  scratch.file("VERSION", "go1.24.4\ntime 2025-05-29T19:37:36Z\n");
  scratch.file("src/make.bash", "#!/usr/bin/env bash\nbootgo=1.22.6\nbootgo=9.9.9\n");
  scratch.file(platform,
               "var distInfo = map[OSArch]osArchInfo{\n\t{\"linux\", \"riscv64\"}: {CgoSupported: true},\n"
               "\t{\"windows\", \"arm\"}: {Broken: true},\n\t{\"js\", \"wasm\"}: {},\n}\n");
}

}  // namespace

TEST_CASE("version, bootstrap and ports, without the broken ones") {
  const Scratch scratch;
  describe(scratch);
  const Survey survey = survey_source(scratch.path());
  CHECK(survey.version.text() == "1.24.4");
  CHECK(survey.bootstrap.text() == "1.22.6");
  CHECK(survey.ports == std::vector<Port>{{"linux", "riscv64"}, {"js", "wasm"}});
}

TEST_CASE("what is missing or reads differently is named") {
  const auto refusal = [](const char* file, const std::string& text) {
    const Scratch scratch;
    describe(scratch);
    scratch.file(file, text);
    return error_of([&] { survey_source(scratch.path()); });
  };
  CHECK(contains(refusal("VERSION", "devel\n"), "\"devel\", not a Go version"));
  CHECK(contains(refusal("src/make.bash", "echo\n"), "no line bootgo=VERSION"));
  CHECK(contains(refusal("src/make.bash", "bootgo=1.22.6; id\n"), "no line bootgo=VERSION"));
  CHECK(contains(refusal(platform, ""), "lists no ports"));
}

TEST_CASE("a line without an end does not exhaust the stack") {
  const Scratch scratch;
  describe(scratch);
  scratch.file(platform, "\t{\"linux\", \"riscv64\"}: {" + std::string(10'000'000, ' ') + "},\n");
  CHECK(contains(error_of([&] { survey_source(scratch.path()); }), "lists no ports"));
  scratch.file("src/make.bash", "bootgo=" + std::string(10'000'000, '1') + "\n");
  CHECK(contains(error_of([&] { survey_source(scratch.path()); }), "no line bootgo=VERSION"));
}
