#include "compile/target.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// The names that the assembler is given for an architecture of linux with that level: "GOOS_linux …".
std::string defines(const std::string& goarch, const std::string& value = "") {
  const Port port{"linux", goarch};
  Target target = target_from(port, {});
  target.feature_value = value;
  std::string names;
  const std::vector<std::string> arguments = assembler_defines(target);
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    CHECK(arguments[i] == "-D");
    names += (names.empty() ? "" : " ") + arguments.at(i + 1);
  }
  return names;
}

Layout layout(const std::string& goos, const std::string& mode = "") {
  return layout_for({goos, "arm64"}, mode);
}

}  // namespace

TEST_CASE("a target is what go env tells of it") {
  const Target target = target_from({"linux", "amd64"}, {{"GOAMD64", "v3"},
                                                         {"GOARM", "7"},
                                                         {"GOEXPERIMENT", "boringcrypto"},
                                                         {"GOFIPS140", "off"},
                                                         {"GOVERSION", "go1.24.4"}});
  CHECK(target.feature == "GOAMD64");
  CHECK(target.feature_value == "v3");
  CHECK(target.experiment == "boringcrypto");
  CHECK(target.fips140 == "off");
  CHECK(target.go_version == "go1.24.4");
}

TEST_CASE("a port without a choice of processors has no level") {
  const Target target = target_from({"linux", "s390x"}, {{"GOAMD64", "v3"}});
  CHECK(target.feature.empty());
  CHECK(target.feature_value.empty());
}

TEST_CASE("an alias of FIPS 140 is the version that the SDK has for it") {
  const Scratch scratch;
  scratch.file("lib/fips140/inprocess.txt", "v1.0.0\n");
  const auto version = [&](const std::string& name) {
    return target_from({"linux", "amd64"}, {{"GOFIPS140", name}, {"GOROOT", scratch.path().string()}})
        .fips140;
  };
  CHECK(version("inprocess") == "v1.0.0");
  CHECK(version("off") == "off");
  CHECK(version("v1.0.0") == "v1.0.0");
  CHECK(version("../fips140/inprocess") == "../fips140/inprocess");
  CHECK(version("") == "");
}

TEST_CASE("assembly is told of the port, and of the level as the go command tells it") {
  CHECK(defines("s390x") == "GOOS_linux GOARCH_s390x");
  CHECK(defines("amd64", "v3") == "GOOS_linux GOARCH_amd64 GOAMD64_v3");
  CHECK(defines("386", "sse2") == "GOOS_linux GOARCH_386 GO386_sse2");
  CHECK(defines("riscv64", "rva22u64") == "GOOS_linux GOARCH_riscv64 GORISCV64_rva22u64");
  CHECK(defines("mipsle", "softfloat") == "GOOS_linux GOARCH_mipsle GOMIPS_softfloat");
  CHECK(defines("mips64", "hardfloat") == "GOOS_linux GOARCH_mips64 GOMIPS64_hardfloat");
}

TEST_CASE("a level that holds the ones below it names those too") {
  CHECK(defines("ppc64le", "power8") == "GOOS_linux GOARCH_ppc64le GOPPC64_power8");
  CHECK(defines("ppc64le", "power9") == "GOOS_linux GOARCH_ppc64le GOPPC64_power9 GOPPC64_power8");
  CHECK(defines("ppc64", "power10") ==
        "GOOS_linux GOARCH_ppc64 GOPPC64_power10 GOPPC64_power9 GOPPC64_power8");
  CHECK(defines("arm", "5") == "GOOS_linux GOARCH_arm GOARM_5");
  CHECK(defines("arm", "6,hardfloat") == "GOOS_linux GOARCH_arm GOARM_6 GOARM_5");
  CHECK(defines("arm", "7") == "GOOS_linux GOARCH_arm GOARM_7 GOARM_6 GOARM_5");
}

TEST_CASE("arm64 has LSE from v8.1 on, and where it is named") {
  const std::string plain = "GOOS_linux GOARCH_arm64";
  for (const std::string level : {"v8.0", "v8.0,crypto", ""})
    CHECK_MESSAGE(defines("arm64", level) == plain, level);
  for (const std::string level : {"v8.0,lse", "v8.1", "v8.9", "v9.0", "v9.0,crypto"})
    CHECK_MESSAGE(defines("arm64", level) == plain + " GOARM64_LSE", level);
}

TEST_CASE("a program is laid out as its port prefers") {
  CHECK(layout("linux").linker_mode == "exe");
  CHECK(layout("linux").code_flag == "");
  for (const std::string goos : {"android", "ios", "darwin"}) {
    CAPTURE(goos);
    CHECK(layout(goos).linker_mode == "pie");
    CHECK(layout(goos).code_flag == "-shared");
    CHECK(layout(goos).suffix == "");
  }
  CHECK(layout("windows").linker_mode == "pie");
  CHECK(layout("windows").code_flag == "");
}

TEST_CASE("a layout that is asked for is told apart by a suffix") {
  CHECK(layout("linux", "pie").linker_mode == "pie");
  CHECK(layout("linux", "pie").suffix == "shared");
  CHECK(layout("darwin", "pie").suffix == "shared");
  CHECK(layout("darwin", "exe").linker_mode == "exe");
  CHECK(layout("darwin", "exe").suffix == "");
  CHECK(layout("windows", "pie").suffix == "");
}

TEST_CASE("other modes make no program here, and are refused") {
  for (const std::string mode : {"c-shared", "plugin", "PIE", "default"}) {
    const std::string error = error_of([&] { layout("linux", mode); });
    CHECK_MESSAGE(contains(error, std::string("--buildmode takes exe or pie, not \"") + mode + "\""), mode);
  }
}

TEST_CASE("programs of windows end with .exe") {
  CHECK(program_suffix({"windows", "arm64"}) == ".exe");
  CHECK(program_suffix({"linux", "arm64"}).empty());
}

TEST_CASE("the language is a version without patch and stage") {
  CHECK(language_of("go1.24.4") == "1.24");
  CHECK(language_of("1.24") == "1.24");
  CHECK(language_of("go1.24rc1") == "1.24");
  CHECK(language_of("go1.24.4-patched.1a2b3c4d") == "1.24");
  CHECK(language_of("go1") == "1");
  CHECK(language_of("") == "");
}
