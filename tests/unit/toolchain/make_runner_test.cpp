#include "toolchain/make_runner.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Lines = std::vector<std::string>;

class Phases final : public Progress {
 public:
  void phase(const std::string& text) override { seen.push_back(text); }
  void amount(std::uint64_t, std::uint64_t, const char*) override {}
  void note(const std::string&) override {}
  Lines seen;
};

BuildCommand script(const Scratch& scratch, const std::string& text) {
  return {"build it",
          {"sh", "-c", text},
          {{"PATH", "/usr/bin:/bin"}, {"WORD", "x y"}},
          scratch.path(),
          scratch / "log"};
}

}  // namespace

TEST_CASE("the telling lines begin at the first complaint of the last phase") {
  CHECK(telling_lines({"Building Go toolchain1.", "error: old", "Building Go toolchain2.", "fine",
                       "x.go:3: undefined: y", "exit"}) == Lines{"x.go:3: undefined: y", "exit"});
}

TEST_CASE("without a complaint the telling lines are the last ones") {
  Lines log{"Building x"};
  for (int i = 0; i < 30; ++i) log.push_back(std::to_string(i));
  CHECK(telling_lines(log, 2) == Lines{"28", "29"});
}

TEST_CASE("an empty log tells nothing") {
  CHECK(telling_lines({}).empty());
}

TEST_CASE("phases are shown without what a user cannot use") {
  const Scratch scratch;
  Phases phases;
  run_build(script(scratch,
                   "echo 'Building Go toolchain2 using go_bootstrap and Go toolchain1.'; echo other;"
                   "echo 'Building packages and commands for linux/amd64.'"),
            phases);
  CHECK(phases.seen == Lines{"Building Go toolchain2", "Building packages and commands for linux/amd64"});
}

TEST_CASE("the log holds command, environment and output") {
  const Scratch scratch;
  Silent silent;
  run_build(script(scratch, "echo out; echo err >&2"), silent);
  const std::string log = read_file(scratch / "log");
  CHECK(contains(log, "WORD=x y"));
  CHECK(contains(log, "out\nerr\n"));
}

TEST_CASE("a failed build says how it ended, quotes the telling lines and names the log") {
  const Scratch scratch;
  Silent silent;
  const std::string error = error_of(
      [&] { run_build(script(scratch, "echo 'Building x'; echo 'fatal: no luck'; exit 3"), silent); });
  CHECK(contains(error, "cannot build it: exit status 3"));
  CHECK(contains(error, "    fatal: no luck"));
  CHECK(contains(error, (scratch / "log").string()));
}
