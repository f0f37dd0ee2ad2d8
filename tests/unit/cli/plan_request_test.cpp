#include "cli/plan_request.hpp"

#include "cli/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Release sample() {
  Release release;
  release.version = {1, 99, 0};
  release.ports = {{"js", "wasm"}, {"linux", "arm64"}, {"linux", "riscv64"}};
  return release;
}

struct Bench {
  Scratch scratch;
  Releases releases;
  PlanWords words;
  std::string err;

  Bench() {
    releases.put(sample());
    words.common.store_directory = scratch / "store";
    words.common.arguments.usage = "gostrap build PORT…";
  }
  /// "sdk linux/arm64", a goal a word.
  std::vector<std::string> goals(const std::vector<std::string>& arguments) {
    words.common.arguments.words = arguments;
    const Kept said(std::cerr);
    std::vector<std::string> goals;
    for (const Goal& goal : plan_request(words, asked_release(words, releases)).goals)
      goals.push_back(text(goal.kind) + " " + goal.at.port().text() + (goal.reference ? " reference" : ""));
    err = said.text();
    return goals;
  }
  std::string refusal(const std::vector<std::string>& arguments) {
    return error_of([&] { goals(arguments); });
  }
};

using Goals = std::vector<std::string>;

/// How sources are to be had, by the words of --from.
SourceSettings sources(const std::vector<std::string>& from) {
  MakingWords words;
  words.from = from;
  return realise_options(words, false, sample()).sources;
}

}  // namespace

TEST_CASE("a port is asked for as an SDK, and by other words as more") {
  Bench bench;
  CHECK(bench.goals({"riscv64"}) == Goals{"sdk linux/riscv64"});
  bench.words.hosted = true;
  CHECK(bench.goals({"riscv64"}) == Goals{"toolchain linux/riscv64"});
  bench.words.archives = true;
  CHECK(bench.goals({"riscv64"}) == Goals{"toolchain linux/riscv64", "archives linux/riscv64"});
  bench.words.hosted = false;
  CHECK(bench.goals({"riscv64"}) == Goals{"archives linux/riscv64"});
}

TEST_CASE("the reference way is one of toolchains, and of the archives of one") {
  Bench bench;
  bench.words.reference = true;
  CHECK(bench.goals({"riscv64"}) == Goals{"toolchain linux/riscv64 reference"});
  bench.words.archives = true;
  CHECK(bench.goals({"riscv64"}) == Goals{"archives linux/riscv64 reference"});
}

TEST_CASE("each port is one goal, in the order of asking") {
  Bench bench;
  CHECK(bench.goals({"riscv64", "linux/riscv64", "linux/*"}) ==
        Goals{"sdk linux/riscv64", "sdk linux/arm64"});
  bench.words.all = true;
  CHECK(bench.goals({"riscv64"}) == Goals{"sdk linux/riscv64", "sdk js/wasm", "sdk linux/arm64"});
  CHECK(bench.goals({}).size() == 3);
}

TEST_CASE("what a pattern finds and no toolchain can be hosted on gets an SDK, with a word") {
  Bench bench;
  bench.words.hosted = true;
  CHECK(bench.goals({"*/*"}) == Goals{"sdk js/wasm", "toolchain linux/arm64", "toolchain linux/riscv64"});
  CHECK(contains(bench.err, "no toolchain can be hosted on js/wasm: an SDK of each instead"));
}

TEST_CASE("one that was named so is asked for as it was: the plan refuses it with the reason") {
  Bench bench;
  bench.words.hosted = true;
  CHECK(bench.goals({"wasm"}) == Goals{"toolchain js/wasm"});
  CHECK(bench.err.empty());
}

TEST_CASE("without a port, or with one that is none, nothing is asked for") {
  Bench bench;
  CHECK(contains(bench.refusal({}), "port, such as linux/riscv64 or 'linux/*'"));
  CHECK(contains(bench.refusal({"linux/riscv"}), "Did you mean linux/riscv64?"));
  CHECK_FALSE(bench.refusal({"plan9/*"}).empty());
}

TEST_CASE("a directory or an archive is an origin of the release that was asked for") {
  const std::vector<std::string> named = {"/src/go", "go1.99.0.src.tar.gz", "https://x/go.tar.gz?a=b"};
  const SourceSettings settings = sources(named);
  CHECK(settings.origins.at({1, 99, 0}) == named);
  CHECK(settings.every_origin.empty());
}

TEST_CASE("git over the network holds every tag, and serves the rungs of the ladder too") {
  const SourceSettings settings = sources({"https://mirror/go"});
  CHECK(settings.origins.at({1, 99, 0}) == std::vector<std::string>{"https://mirror/go"});
  CHECK(settings.every_origin == std::vector<std::string>{"https://mirror/go"});
}

TEST_CASE("an origin may be named for another release, and a = alone names none") {
  const SourceSettings settings = sources({"1.98.0=/src/older", "go1.97.0=/src/oldest", "/src/a=b"});
  CHECK(settings.origins.at({1, 98, 0}) == std::vector<std::string>{"/src/older"});
  CHECK(settings.origins.at({1, 97, 0}) == std::vector<std::string>{"/src/oldest"});
  CHECK(settings.origins.at({1, 99, 0}) == std::vector<std::string>{"/src/a=b"});
}

TEST_CASE("a mirror in the environment stands for the origins of all") {
  CHECK(told_by_child([] {
          ::setenv("GOSTRAP_MIRROR", "https://mirror/go", 1);
          return sources({}).every_origin.at(0);
        }) == "https://mirror/go");
}

TEST_CASE("processors, bounds and patience are as they were named, else as they are by default") {
  MakingWords words;
  words.jobs.number = 3;
  words.limits.entries = 7;
  words.patience.retries = 1000;
  const RealiseOptions options = realise_options(words, true, sample());
  CHECK(options.jobs == 3);
  CHECK(options.sources.offline);
  CHECK(options.sources.limits.entries == 7);
  CHECK(options.sources.limits.bytes == Limits().bytes);
  CHECK(options.sources.patience.retries == 100);
  CHECK(options.sources.patience.timeout == Patience().timeout);
}
