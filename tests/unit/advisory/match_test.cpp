#include "advisory/match.hpp"

#include "advisory/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string told(const std::vector<AdvisoryMatch>& matches) {
  std::string text;
  for (const AdvisoryMatch& each : matches)
    text += each.advisory.id + " " + each.module + " " + each.version + " " + each.fixed + ";";
  return text;
}

ProgramFacts program(const std::string& go, const std::vector<BuildModule>& dependencies = {}) {
  ProgramFacts facts;
  facts.goos = "linux";
  facts.goarch = "amd64";
  facts.build = BuildInfo{};
  facts.build->go_version = go;
  facts.build->dependencies = dependencies;
  return facts;
}

const std::vector<Advisory> some{
    advisory(osv("GO-1", "stdlib", introduced("0") + "," + fixed("1.24.6"))),
    advisory(osv("GO-2", "stdlib", introduced("1.24.0-0") + "," + fixed("1.24.9"))),
    advisory(osv("GO-3", "toolchain", introduced("0"))),
    advisory(osv("GO-4", "example.com/m", introduced("0") + "," + fixed("1.2.0"))),
    advisory(
        osv("GO-5", "example.com/n", introduced("0") + "," + fixed("0.0.0-20230119093715-30f75d79e424")))};

}  // namespace

TEST_CASE("a release has the advisories of the standard library and of the toolchain") {
  CHECK(told(matches_of_release(some, *parse_version("1.24.4"))) ==
        "GO-1 stdlib 1.24.4 1.24.6;GO-2 stdlib 1.24.4 1.24.9;GO-3 toolchain 1.24.4 ;");
  CHECK(told(matches_of_release(some, *parse_version("1.24rc1"))) ==
        "GO-1 stdlib 1.24rc1 1.24.6;GO-2 stdlib 1.24rc1 1.24.9;GO-3 toolchain 1.24rc1 ;");
  CHECK(told(matches_of_release(some, *parse_version("1.24.9"))) == "GO-3 toolchain 1.24.9 ;");
}

TEST_CASE("a program has those of its Go and of its modules") {
  const auto matches = matches_of_program(
      some,
      program("go1.24.6 X:boringcrypto", {{"example.com/m", "v1.1.9+incompatible", "", {}},
                                          {"example.com/n", "v0.0.0-20220101000000-aaaaaaaaaaaa", "", {}}}));
  CHECK(told(matches.found) ==
        "GO-2 stdlib 1.24.6 1.24.9;GO-4 example.com/m v1.1.9+incompatible 1.2.0;"
        "GO-5 example.com/n v0.0.0-20220101000000-aaaaaaaaaaaa 0.0.0-20230119093715-30f75d79e424;");
  CHECK(matches.not_known.empty());
}

TEST_CASE("a module that was replaced counts as what replaced it") {
  const BuildModule fork{"example.com/m", "v1.1.0", "", {{"example.com/fork", "v1.0.0", "", {}}}};
  CHECK(matches_of_program(some, program("go1.24.9", {fork})).found.empty());
  const BuildModule to_m{"example.com/other", "v9.0.0", "", {{"example.com/m", "v1.1.0", "", {}}}};
  CHECK(told(matches_of_program(some, program("go1.24.9", {to_m})).found) ==
        "GO-4 example.com/m v1.1.0 1.2.0;");
  CHECK(modules_of(*program("go1", {to_m}).build) == std::set<std::string>{"example.com/m", "stdlib"});
}

TEST_CASE("what has no version to compare is told, and never taken for good") {
  const BuildModule local{"example.com/m", "v1.1.0", "", {{"../m", "", "", {}}}};
  const auto matches =
      matches_of_program(some, program("devel go1.25-abc", {local, {"example.com/n", "(devel)", "", {}}}));
  CHECK(matches.found.empty());
  CHECK(matches.not_known ==
        std::vector<std::string>{"the standard library is that of \"devel go1.25-abc\", which is no release",
                                 "example.com/m is replaced by ../m, which has no version",
                                 "example.com/n has no version that could be compared"});
  CHECK(matches_of_program(some, ProgramFacts{}).not_known.size() == 1);
}

TEST_CASE("in short: how many, and the release in which the last of them is over") {
  const auto matches = matches_of_release(some, *parse_version("1.24.4"));
  CHECK(in_short(matches, "stdlib", "the standard library") ==
        "2 advisories of the standard library, fixed in 1.24.9");
  CHECK(in_short(matches, "toolchain", "the toolchain") == "1 advisory of the toolchain, not fixed yet");
  CHECK(in_short(matches, "example.com/m", "it").empty());
  const auto with = [](const std::string& fix) {
    return in_short({{{}, "stdlib", "1.24.4", "1.24.6"}, {{}, "stdlib", "1.24.4", fix}}, "stdlib", "it");
  };
  CHECK(with("1.25.3") == "2 advisories of it, 1 fixed in 1.24.6, all in 1.25.3");
  CHECK(with("1.24.5") == "2 advisories of it, fixed in 1.24.6");
  CHECK(with("") == "2 advisories of it, 1 fixed in 1.24.6");
}
