#include "cli/c_compiler_words.hpp"

#include "release/c_compiler_samples.hpp"
#include "toolchain/fake_compilers.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

// ports of linux that are nobody's own
const Port s390x{"linux", "s390x"}, mips{"linux", "mips"};

Release release() {
  Release release;
  release.version = {1, 24, 4};
  release.ports = {
      s390x, mips, {"linux", "ppc64"}, {"darwin", "arm64"}, {"js", "wasm"}, {"windows", "amd64"}};
  return release;
}

CCompilerWords parsed(const std::vector<std::string>& words) {
  CCompilerWords c;
  Options options("build", "[OPTIONS]", "Builds.\n");
  c.declare(options);
  options.parse(words);
  return c;
}

std::map<Port, CCompiler> asked(const std::vector<std::string>& words, const std::vector<Port>& ports,
                                const std::vector<StoreEntry>& entries = {}) {
  return asked_c_compilers(parsed(words), entries, release(), ports);
}

std::string refused(const std::vector<std::string>& words, const std::vector<Port>& ports = {s390x}) {
  return error_of([&] { asked(words, ports); });
}

StoreEntry entry_with(const std::optional<CCompiler>& compiler, const Port& port = s390x) {
  StoreEntry entry;
  entry.kind = Kind::sdk;
  entry.release = "1.24.4";
  entry.port = port;
  entry.profile.c = compiler;
  return entry;
}

}  // namespace

TEST_CASE("any of the words asks for C, and none of them for none") {
  CHECK_FALSE(parsed({}).asked());
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--cgo"}, {"--static"}, {"--cc", "musl"}, {"--sysroot", "/r"}})
    CHECK(parsed(words).asked());
  CHECK(parsed({"--cc", "musl", "--static", "--sysroot", "/r"}).request() == CRequest{"musl", true, "/r"});
  CHECK(parsed({"--cgo"}).request() == CRequest{});
}

TEST_CASE("a word that names nothing is refused") {
  CHECK(contains(error_of([] { parsed({"--cc="}); }), "--cc names no compiler"));
  CHECK(contains(error_of([] { parsed({"--sysroot="}); }), "--sysroot names no directory"));
}

TEST_CASE("without the words nothing is looked for") {
  const FakeCompiler machine;
  CHECK(asked({}, {s390x}).empty());
  CHECK_FALSE(fs::exists(machine / "says/log"));
}

TEST_CASE("each port has its compiler, asked once") {
  const FakeCompiler machine;
  machine.add("my-gcc");
  const auto compilers = asked({"--cgo"}, {s390x, s390x});
  REQUIRE(compilers.size() == 1);
  CHECK(compilers.at(s390x).cc == machine.cc().string());
  CHECK(asked({"--cc", "my-gcc", "--static"}, {s390x}).at(s390x).is_static);
  CHECK(asked({"--cc", "my-gcc"}, {s390x}).at(s390x).cc == (machine / "bin/my-gcc").string());
}

TEST_CASE("a port that has no C in that release is refused by name") {
  const FakeCompiler machine;
  CHECK(contains(refused({"--cgo"}, {{"js", "wasm"}}), "js/wasm"));
  CHECK(contains(refused({"--cgo"}, {s390x, {"linux", "ppc64"}}), "linux/ppc64"));
  CHECK(contains(refused({"--cc", machine.cc().string()}, {{"js", "wasm"}}), "js/wasm"));
}

TEST_CASE("what cannot be for one of the ports is refused as that") {
  const FakeCompiler machine;
  CHECK(contains(refused({"--cc", "gcc"}, {s390x, {"windows", "amd64"}}),
                 "--cc gcc is for linux, not for windows/amd64"));
  CHECK(contains(refused({"--cgo"}, {s390x, {"darwin", "arm64"}}),
                 "no C compiler for darwin/arm64 is known here"));
  CHECK_THROWS_AS(asked({"--sysroot", "/no/such"}, {s390x}), UsageError);
}

TEST_CASE("compilers that are missing are named together, with all that has them") {
  const FakeCompiler machine;
  CHECK(refused({"--cgo"}, {mips}) ==
        "cannot compile C for linux/mips: there is no mips-linux-gnu-gcc on PATH\n"
        "apt-get install gcc-mips-linux-gnu g++-mips-linux-gnu");
  CHECK(refused({"--cgo"}, {mips, s390x, {"windows", "amd64"}}) ==
        "cannot compile C for all of these ports: compile C for linux/mips: there is no mips-linux-gnu-gcc "
        "on PATH; "
        "compile C for windows/amd64: there is no x86_64-w64-mingw32-gcc on PATH\n"
        "apt-get install gcc-mips-linux-gnu g++-mips-linux-gnu gcc-mingw-w64-x86-64 g++-mingw-w64-x86-64, or "
        "leave "
        "out those that have none.");
  machine.says("version.fails",
               "broken\n");  // what is there and does not work is named with those that are not
  const std::string both = refused({"--cgo"}, {s390x, mips});
  CHECK(contains(
      both, "it does not say its version: broken; compile C for linux/mips: there is no mips-linux-gnu-gcc"));
  CHECK_THROWS_AS(asked({"--cgo"}, {mips, s390x}), Error);
}

TEST_CASE("a compiler that an SDK of the store is bound to is not asked again while it is what it was") {
  const FakeCompiler machine;
  const std::string ld = machine.has("bin/ld");
  const CCompiler known = asked({"--cgo"}, {s390x}).at(s390x);
  const auto calls = machine.log().size();
  const auto again = [&](const std::vector<std::string>& words, const StoreEntry& entry) {
    const CCompiler compiler = asked(words, {s390x}, {entry_with(std::nullopt), entry}).at(s390x);
    const bool has_asked = machine.log().size() != calls;
    machine.says("log", std::string(calls, '-'));
    return std::pair(compiler, has_asked);
  };
  CHECK(again({"--cgo"}, entry_with(known)) == std::pair(known, false));
  CHECK(again({"--cc", "gcc"}, entry_with(known)) == std::pair(known, false));
  CHECK(again({"--static"}, entry_with(known)).second);
  CHECK(again({"--cgo"}, entry_with(known, mips)).second);
  StoreEntry strangers = entry_with(known);
  strangers.origin = Origin::stranger;
  CHECK(again({"--cgo"}, strangers).second);
  StoreEntry host = entry_with(known);
  host.kind = Kind::host;
  CHECK(again({"--cgo"}, host).second);
  machine.has("bin/ld", "another one");
  const auto changed = again({"--cgo"}, entry_with(known));
  CHECK(changed.second);
  CHECK(changed.first.identity() != known.identity());
}

TEST_CASE(
    "what the store has instead is told: the same compiler before it changed, else others by their words") {
  const Scratch scratch;
  CCompiler wanted = cross_gcc();
  wanted.parts = {c_part("cc", scratch.file("gcc", "gcc").string(), "gcc"),
                  c_part("ld", scratch.file("ld", "ld").string(), "ld")};
  const auto told = [&](const std::vector<StoreEntry>& entries) {
    return other_c_compilers(entries, release(), s390x, wanted);
  };
  CHECK(told({}).empty());
  CHECK(told({entry_with(std::nullopt)}).empty());
  CHECK(told({entry_with(wanted, mips)}).empty());
  StoreEntry older = entry_with(wanted);
  older.release = "1.23.1";
  CHECK(told({older}).empty());
  scratch.file("ld", "LD");
  CHECK(told({entry_with(wanted)}) ==
        "it has one bound to " + wanted.version + ", of which ld is another one now");
  fs::remove(scratch / "gcc");
  CHECK(told({entry_with(wanted)}) ==
        "it has one bound to " + wanted.version + ", of which cc, ld are others now");
  CCompiler other = wanted;
  other.is_static = true;
  CHECK(told({entry_with(other), entry_with(other)}) ==
        "it has such with --cgo --cc /usr/bin/aarch64-linux-gnu-gcc --static");
  CHECK(contains(told({entry_with(other), entry_with(wanted)}), "it has one bound to"));
  std::vector<StoreEntry> many;
  for (int i = 0; i < 9; ++i) {
    other.cc = "/opt/" + std::to_string(i) + "/gcc";
    many.push_back(entry_with(other));
  }
  CHECK(contains(told(many), "--cc /opt/2/gcc"));
  CHECK_FALSE(contains(told(many), "--cc /opt/3/gcc"));
}
