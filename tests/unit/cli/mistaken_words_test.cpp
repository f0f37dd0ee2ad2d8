#include "cli/mistaken_words.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const std::vector<KnownOption> options{{"", {"ldflags"}, "FLAGS", ""}, {"", {"gcflags"}, "FLAGS", ""},
                                       {"o", {"out"}, "OUT", ""},      {"j", {"jobs"}, "N", ""},
                                       {"X", {"X"}, "NAME=VALUE", ""}, {"", {"strip"}, "", ""},
                                       {"h", {"help"}, "", ""}};

std::string mistake(const std::vector<std::string>& words) {
  const auto found = mistaken_option(words, options, "compile");
  return found ? std::string(found->what()) + "\n" + found->next() : "";
}

std::string flag(const std::string& option, const std::string& text) {
  const auto found = mistaken_flag(option, text);
  return found ? std::string(found->what()) + "\n" + found->next() : "";
}

}  // namespace

TEST_CASE("options as they should be are no mistake, and neither are their values") {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{},
                                             {".", "--ldflags", "-s -w", "--gcflags=-S", "-o", "-x", "-j2",
                                              "-Xmain.v=1", "-X", "-a", "--strip"},
                                             {"--strip", "-h", "-"},
                                             {"--", "-ldflags", "--nosuch"}}) {
    CHECK(mistake(words) == "");
  }
}

TEST_CASE("a long option with one dash is named with two") {
  CHECK(contains(mistake({"-ldflags=-s -w"}), "here it is --ldflags=-s -w"));
  CHECK(contains(mistake({".", "-gcflags", "-m"}), "here it is --gcflags"));
  CHECK(contains(mistake({"-strip"}), "here it is --strip"));
}

TEST_CASE("what no option is gets the one that was meant, or the nearest") {
  CHECK(contains(mistake({"-S"}), "--asm FUNC"));
  CHECK(contains(mistake({"-trimpath"}), "always so"));
  CHECK(contains(mistake({"--ldflag=x"}), "did you mean --ldflags?"));
  CHECK(contains(mistake({"--xyzzyxyzzy"}), "compile has no option --xyzzyxyzzy\n"));
  CHECK(contains(mistake({"-q"}), "compile has no option -q\n"));
}

TEST_CASE("a flag of the linker's is told from one of the compiler's") {
  CHECK(contains(flag("gcflags", "-l -s"), "-s is a flag of the linker's"));
  CHECK(contains(flag("gcflags", "all=-N -X=a=b"), "-X is a flag of the linker's"));
  CHECK(contains(flag("ldflags", "-s -w -N"), "-N is a flag of the compiler's"));
  CHECK(flag("gcflags", "all=-N -l -m=2 -d=ssa/check/on") == "");
  CHECK(flag("ldflags", "-s -w -X main.v=-l -buildmode=pie -extldflags=-static") == "");
  CHECK(flag("asmflags", "-S -I /x") == "");
}

TEST_CASE("what a linker says of linknames has an advice") {
  CHECK(contains(linker_advice("link: main: invalid reference to runtime.schedinit"), "-checklinkname=0"));
  CHECK(contains(linker_advice("main.main: relocation target runtime.initRuntime not defined"),
                 "-checklinkname=0"));
  CHECK(linker_advice("undefined: x") == "");
}

TEST_CASE("a go.mod that wants a newer Go is answered with the release that is pinned") {
  const Releases releases = Releases::load("/no/such/file");
  const auto advice = [&](const std::string& words) {
    return newer_go_advice(words, releases, "linux/arm64");
  };
  CHECK(contains(advice("go: go.mod requires go >= 1.24.9 (running go 1.24.4; GOTOOLCHAIN=local)"),
                 "gostrap build linux/arm64 --release 1.24.9"));
  CHECK(contains(advice("go: module ./x requires go >= 1.26 (running go 1.24.4)"), "--release 1.2"));
  CHECK(contains(advice("go: go.mod requires go >= 1.999.1 (running"), "gostrap release add 1.999.1"));
  CHECK(advice("no such thing") == "");
  CHECK(advice("requires go >= latest (") == "");
}
