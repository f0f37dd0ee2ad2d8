#include "release/setting.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Version go124{1, 24, 4};
const Port amd64{"linux", "amd64"};
const Port arm{"linux", "arm"};
const Port arm64{"linux", "arm64"};
const Port riscv64{"linux", "riscv64"};
const Port wasm{"js", "wasm"};

/// "" for what may be set; else what stands in its way, and what would be taken instead.
std::string refusal(const std::string& name, const std::string& value, const Port& port,
                    const Version& version = go124, const KnownNames* names = nullptr) {
  const auto refusal = why_not_set(name, value, port, version, names);
  if (!refusal) return {};
  return refusal->text() + " / " + refusal->next + " / " + refusal->instead.value_or("nothing");
}

}  // namespace

TEST_CASE("every value that is listed may be set for a port of its own") {
  for (const Port& port : {amd64, arm, arm64, riscv64, wasm, Port{"linux", "386"}, Port{"linux", "mips"},
                           Port{"linux", "mips64le"}, Port{"linux", "ppc64le"}}) {
    const Setting* const setting = setting_of(port);
    REQUIRE(setting != nullptr);
    for (const std::string& value : setting_values(setting->name, go124)) {
      CHECK(refusal(setting->name, value, port) == "");
      for (const std::string& suffix : setting_suffixes(setting->name, go124))
        CHECK(refusal(setting->name, value + "," + suffix, port) == "");
    }
  }
}

TEST_CASE("a level that does not exist is refused with those that do, and the nearest below") {
  CHECK(refusal("GOAMD64", "v5", amd64) ==
        "GOAMD64=v5 cannot be for linux/amd64: GOAMD64 of go1.24.4 is v1, v2, v3 or v4 / The nearest is "
        "GOAMD64=v4. / v4");
  CHECK(contains(refusal("GOAMD64", "v0", amd64), "/ v1"));
  CHECK(contains(refusal("GORISCV64", "rva21u64", riscv64), "/ rva20u64"));
  CHECK(contains(refusal("GOARM64", "v8.10", arm64), "/ v8.9"));
  CHECK(contains(refusal("GOARM64", "v9.7,lse", arm64), "/ v9.5,lse"));
  CHECK(contains(refusal("GOARM", "8", arm), "/ 7"));
  CHECK(contains(refusal("GOARM", "7,softfloats", arm), "/ 7,softfloat"));
  CHECK(contains(refusal("GO386", "387", {"linux", "386"}), "GO386 of go1.24.4 is softfloat or sse2"));
  CHECK(contains(refusal("GOAMD64", "fast", amd64), "/ nothing"));
  CHECK(contains(refusal("GOAMD64", "v1,v2", amd64), "/ nothing"));
}

TEST_CASE("values belong to releases") {
  CHECK(contains(refusal("GORISCV64", "rva23u64", riscv64), "/ rva22u64"));
  CHECK(refusal("GORISCV64", "rva23u64", riscv64, {1, 27, 1}) == "");
  CHECK(contains(refusal("GOFIPS140", "latest", amd64, {1, 23, 1}),
                 "go1.23.1 has no GOFIPS140, which came with Go 1.24"));
  CHECK(contains(refusal("GOARM64", "v8.0", arm64, {1, 22, 0}), "go1.22.0 has no GOARM64"));
}

TEST_CASE("a variable of another architecture is refused with the port's own") {
  CHECK(refusal("GOARM", "7", riscv64) ==
        "GOARM=7 cannot be for linux/riscv64: GOARM is for arm, and has no effect there / Its variable is "
        "GORISCV64: rva20u64 or rva22u64. / ");
  CHECK(contains(refusal("GOAMD64", "v3", {"linux", "s390x"}), "s390x has no such variable"));
}

TEST_CASE("a variable that is none is refused with the one that was meant") {
  CHECK(contains(refusal("GOAMD65", "v3", amd64), "Did you mean GOAMD64?"));
  CHECK(contains(refusal("CGO_ENABLED", "1", amd64), "a profile has no CGO_ENABLED"));
}

TEST_CASE("experiments are looked up in the release's own source, else in a table") {
  CHECK(refusal("GOEXPERIMENT", "arenas,noswissmap", amd64) == "");
  CHECK(contains(refusal("GOEXPERIMENT", "swissmaps", amd64), "Did you mean swissmap?"));
  CHECK(contains(refusal("GOEXPERIMENT", "swissmap", amd64, {1, 27, 1}), "no experiment \"swissmap\""));
  CHECK(contains(refusal("GOEXPERIMENT", "arenas,pie", amd64), "/ arenas"));
  CHECK(contains(refusal("GOEXPERIMENT", "Arenas", amd64), "no name of an experiment"));
  CHECK(contains(refusal("GOEXPERIMENT", "boringcrypto", riscv64), "linux/amd64 and linux/arm64"));
  CHECK(refusal("GOEXPERIMENT", "anything", amd64, {1, 25, 0}) == "");  // no table: only its source knows
  KnownNames names;
  names.experiments = {"newer"};
  CHECK(refusal("GOEXPERIMENT", "nonewer", amd64, {1, 25, 0}, &names) == "");
  CHECK(contains(refusal("GOEXPERIMENT", "arenas", amd64, {1, 25, 0}, &names), "It has: newer."));
}

TEST_CASE("FIPS modules are those of the release, and not for ports whose programs would refuse to start") {
  CHECK(refusal("GOFIPS140", "v1.0.0", amd64) == "");
  CHECK(contains(refusal("GOFIPS140", "v2.0.0", amd64), "go1.24.4 has off, latest, inprocess or v1.0.0"));
  CHECK(contains(refusal("GOFIPS140", "latest", wasm), "refuse to start"));
  CHECK(refusal("GOFIPS140", "off", wasm) == "");
}

TEST_CASE("GOGC is a percentage or off") {
  for (const char* value : {"1", "200", "off", "0", "2147483647"}) CHECK(refusal("GOGC", value, amd64) == "");
  for (const char* value : {"", "-1", "1e3", "2147483648", "99999999999", "20%", "on"})
    CHECK(contains(refusal("GOGC", value, amd64), "it is a percentage"));
}

TEST_CASE("GOMEMLIMIT is a number of bytes, and there is none where memory cannot be given back") {
  CHECK(byte_count("64MiB") == 64 << 20);
  CHECK(byte_count("1") == 1);
  CHECK(byte_count("1B") == 1);
  CHECK(byte_count("2TiB") == std::int64_t{2} << 40);
  for (const char* value : {"", "MiB", "64MB", "64 MiB", "-1", "9999999TiB", "9223372036854775808", "1.5GiB"})
    CHECK_FALSE(byte_count(value).has_value());
  CHECK(refusal("GOMEMLIMIT", "64MiB", riscv64) == "");
  CHECK(contains(refusal("GOMEMLIMIT", "64MB", riscv64), "KiB, MiB, GiB or TiB"));
  CHECK(contains(refusal("GOMEMLIMIT", "64MiB", wasm), "A lower GOGC keeps the heap small"));
  CHECK(contains(refusal("GOMEMLIMIT", "5GiB", arm), "4 GiB at the most"));
}

TEST_CASE("GODEBUG is read for its form, and for its names where the source is at hand") {
  CHECK(refusal("GODEBUG", "gctrace=1,madvdontneed=0", amd64) == "");
  for (const char* value : {"gctrace", "=1", "a b=1", "x=\"", "gctrace=1,", "GCTRACE=1", "x=$(y)"})
    CHECK(contains(refusal("GODEBUG", value, amd64), "is not NAME=VALUE"));
  CHECK(contains(refusal("GODEBUG", "cpu.avx2=off", amd64), "from the environment only"));
  KnownNames names;
  names.runtime_debug = {"gctrace"};
  names.debug = {"http2client"};
  CHECK(refusal("GODEBUG", "gctrace=1,http2client=0", amd64, go124, &names) == "");
  CHECK(contains(refusal("GODEBUG", "gctrase=1", amd64, go124, &names), "Did you mean gctrace?"));
  CHECK(contains(refusal("GODEBUG", "gctrace=on", amd64, go124, &names), "takes a whole number"));
}

TEST_CASE("GODEBUG=gcstoptheworld: values that the runtime tells apart, and what prints instead") {
  for (const char* value : {"0", "1", "2"})
    CHECK(refusal("GODEBUG", std::string("gcstoptheworld=") + value, amd64) == "");
  for (const char* value : {"3", "-1", "yes", ""}) {
    const std::string why = refusal("GODEBUG", std::string("gctrace=1,gcstoptheworld=") + value, amd64);
    CHECK(contains(why, "gcstoptheworld is 0, 1 or 2"));
    CHECK(contains(why, "gctrace=1"));
  }
  CHECK(contains(refusal("GODEBUG", "cgocheck=2", amd64), "cgocheck is 0 or 1"));
  const std::vector<std::string> remarks = setting_remarks("GODEBUG", "gctrace=1,gcstoptheworld=1");
  REQUIRE(remarks.size() == 1);
  CHECK(contains(remarks[0], "GODEBUG=gcstoptheworld=1: it prints nothing"));
  CHECK(contains(remarks[0], "GODEBUG=gctrace=1"));
  CHECK(setting_remarks("GODEBUG", "gcstoptheworld=0,gctrace=1").empty());
  CHECK(setting_remarks("GOGC", "200").empty());
}

TEST_CASE("what looks like a setting and is none: why, and what does it") {
  CHECK(contains(refusal("GOTOOLCHAIN", "local", amd64),
                 "a profile has no GOTOOLCHAIN: every SDK has GOTOOLCHAIN=local"));
  CHECK(contains(refusal("GOCACHE", "/x", amd64), "a build cache of its own"));
  CHECK(contains(refusal("CGO_ENABLED", "0", amd64), "CGO_ENABLED=0 go build"));
  CHECK(contains(refusal("GOFLAGS", "-v", amd64), "gostrap compile"));
  CHECK(contains(refusal("GOAMD46", "v3", amd64), "Did you mean GOAMD64?"));
}

TEST_CASE("an experiment is named as it was typed") {
  CHECK(contains(refusal("GOEXPERIMENT", "nosuch", amd64), "no experiment \"nosuch\""));
  CHECK(contains(refusal("GOEXPERIMENT", "noarena", amd64), "Did you mean noarenas?"));
  CHECK(refusal("GOEXPERIMENT", "noarenas", amd64) == "");
}
