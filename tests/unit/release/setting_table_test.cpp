#include "release/setting_table.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {

using Words = std::vector<std::string>;

Version go(int minor) {
  return {1, minor, 0};
}

}  // namespace

TEST_CASE("each setting has one row, and is found by its name") {
  std::set<std::string> names;
  for (const Setting& setting : settings()) {
    CAPTURE(setting.name);
    CHECK(names.insert(setting.name).second);
    CHECK(find_setting(setting.name) == &setting);
  }
  CHECK(find_setting("GOOS") == nullptr);
  CHECK(find_setting("goamd64") == nullptr);
  CHECK(find_setting("") == nullptr);
}

TEST_CASE("what is compiled in is read when a program starts, all else by cmd/go") {
  for (const Setting& setting : settings()) {
    const bool runtime = setting.name == "GOGC" || setting.name == "GOMEMLIMIT" || setting.name == "GODEBUG";
    CHECK_MESSAGE((setting.kind == SettingKind::runtime_default) == runtime, setting.name);
    CHECK_MESSAGE(!(runtime && setting.baked), setting.name);
  }
}

TEST_CASE("a port's processors have one variable, or none") {
  const auto variable = [](const char* goarch) {
    const Setting* const setting = setting_of({"linux", goarch});
    return setting != nullptr ? setting->name : "none";
  };
  CHECK(variable("amd64") == "GOAMD64");
  CHECK(variable("386") == "GO386");
  CHECK(variable("arm") == "GOARM");
  CHECK(variable("arm64") == "GOARM64");
  CHECK(variable("mips") == "GOMIPS");
  CHECK(variable("mipsle") == "GOMIPS");
  CHECK(variable("mips64") == "GOMIPS64");
  CHECK(variable("mips64le") == "GOMIPS64");
  CHECK(variable("ppc64") == "GOPPC64");
  CHECK(variable("ppc64le") == "GOPPC64");
  CHECK(variable("riscv64") == "GORISCV64");
  CHECK(variable("wasm") == "GOWASM");
  CHECK(variable("s390x") == "none");
  CHECK(variable("loong64") == "none");
}

TEST_CASE("a release knows the values that it had brought, the least demanding first") {
  CHECK(setting_values("GOAMD64", go(18)) == Words{"v1", "v2", "v3", "v4"});
  CHECK(setting_values("GOAMD64", go(17)).empty());
  CHECK(setting_values("GORISCV64", go(24)) == Words{"rva20u64", "rva22u64"});
  CHECK(setting_values("GORISCV64", go(25)) == Words{"rva20u64", "rva22u64", "rva23u64"});
  CHECK(setting_values("GOEXPERIMENT", go(25)).empty());
  CHECK(setting_values("GONOSUCH", go(25)).empty());
}

TEST_CASE("what may follow a value came later than the values") {
  CHECK(setting_suffixes("GOARM", go(21)).empty());
  CHECK(setting_suffixes("GOARM", go(22)) == Words{"softfloat", "hardfloat"});
  CHECK(setting_suffixes("GOARM64", go(23)) == Words{"lse", "crypto"});
  CHECK(setting_suffixes("GOAMD64", go(25)).empty());
  CHECK(find_setting("GOARM")->one_suffix);
  CHECK_FALSE(find_setting("GOARM64")->one_suffix);
}

TEST_CASE(
    "the experiments of a release are its own and those that all have; of an unknown one none are known") {
  const auto known = known_experiments(go(24));
  REQUIRE(known.has_value());
  CHECK(known->contains("swissmap"));
  CHECK(known->contains("boringcrypto"));
  CHECK_FALSE(known->contains("jsonv2"));
  CHECK_FALSE(known_experiments(go(99)).has_value());
}

TEST_CASE("a name that is none of a profile's settings says why, and what does it") {
  for (const std::string name : {"CGO_ENABLED", "GOFLAGS", "GOOS", "GOARCH", "GOROOT", "GOPROXY",
                                 "GOTOOLCHAIN", "GOMAXPROCS", "CC", "GO_LDSO"}) {
    CAPTURE(name);
    const NoSetting* const reason = why_no_setting(name);
    REQUIRE(reason != nullptr);
    CHECK(std::string(reason->name) == name);
    CHECK(std::string(reason->next).ends_with("."));
  }
}

TEST_CASE("nothing is a setting and none at once") {
  for (const Setting& setting : settings())
    CHECK_MESSAGE(why_no_setting(setting.name) == nullptr, setting.name);
  CHECK(why_no_setting("GONOSUCH") == nullptr);
}

TEST_CASE("of a GODEBUG setting whose other numbers would be nothing the values are known") {
  CHECK(std::string(debug_values("gcstoptheworld")) == "0,1,2");
  CHECK(std::string(debug_values("cgocheck")) == "0,1");
  CHECK(debug_values("gctrace") == nullptr);
}

TEST_CASE("what many expect to print and does not is told, unless it is turned off") {
  CHECK(debug_remark("gcstoptheworld", "1").starts_with("it prints nothing."));
  CHECK(debug_remark("gcstoptheworld", "0").empty());
  CHECK(debug_remark("cgocheck", "1").empty());
  CHECK(debug_remark("gctrace", "1").empty());
}
