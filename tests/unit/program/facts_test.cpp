#include "program/facts.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;

namespace {

ProgramFacts with_settings(const std::vector<std::pair<std::string, std::string>>& settings) {
  ProgramFacts facts;
  facts.build.emplace();
  facts.build->go_version = "go1.24.4";
  facts.build->path = "example.com/m";
  facts.build->settings = settings;
  return facts;
}

}  // namespace

TEST_CASE("a program is static when it asks for neither interpreter nor library") {
  ProgramFacts facts;
  CHECK(facts.is_static());
  facts.interpreter = "/lib/ld.so";
  CHECK_FALSE(facts.is_static());
  facts.interpreter.clear();
  facts.needed = {"libc.so.6"};
  CHECK_FALSE(facts.is_static());
}

TEST_CASE("the level is the one setting of the architecture that the build information has") {
  CHECK(with_settings({{"GOARCH", "amd64"}, {"GOAMD64", "v3"}}).level() == "GOAMD64=v3");
  CHECK(with_settings({{"GORISCV64", "rva22u64"}}).level() == "GORISCV64=rva22u64");
  CHECK(with_settings({{"GOARM", "7,softfloat"}}).level() == "GOARM=7,softfloat");
  CHECK(with_settings({{"GOWASM", "satconv,signext"}}).level() == "GOWASM=satconv,signext");
}

TEST_CASE("without build information, or with none of these settings, there is no level") {
  CHECK(ProgramFacts().level().empty());
  CHECK(with_settings({{"GOARCH", "s390x"}}).level().empty());
  CHECK(with_settings({{"GOAMD64", ""}}).level().empty());
}

TEST_CASE("as JSON a program says its format, its port, its linkage and its sections") {
  ProgramFacts facts;
  facts.format = "ELF";
  facts.goos = "linux";
  facts.goarch = "riscv64";
  facts.needed = {"libc.so.6"};
  facts.interpreter = "/lib/ld.so";
  facts.symbols = true;
  facts.sections = {{".text", 7}};
  const Json json = to_json(facts);
  CHECK(json["format"] == "ELF");
  CHECK(json["goos"] == "linux");
  CHECK(json["goarch"] == "riscv64");
  CHECK(json["static"] == false);
  CHECK(json["interpreter"] == "/lib/ld.so");
  CHECK(json["needed"] == Json::array({"libc.so.6"}));
  CHECK(json["symbols"] == true);
  CHECK(json["debug"] == false);
  CHECK(json["pie"] == false);
  CHECK(json["sections"][0]["name"] == ".text");
  CHECK(json["sections"][0]["size"] == 7);
  CHECK(json["build"].is_null());
}

TEST_CASE("only WebAssembly has modules of a host") {
  ProgramFacts facts;
  facts.host_modules = {"gojs"};
  facts.format = "ELF";
  CHECK_FALSE(to_json(facts).contains("hostModules"));
  facts.format = "WebAssembly";
  CHECK(to_json(facts)["hostModules"] == Json::array({"gojs"}));
}

TEST_CASE("build information stands in it by its settings, and as the go command writes it") {
  const ProgramFacts facts = with_settings({{"GOAMD64", "v3"}});
  const Json build = to_json(facts)["build"];
  CHECK(build["go"] == "go1.24.4");
  CHECK(build["path"] == "example.com/m");
  CHECK(build["settings"]["GOAMD64"] == "v3");
  CHECK(build["text"] == text(*facts.build));
  CHECK(to_json(facts)["level"] == "GOAMD64=v3");
}

TEST_CASE("names that are not in UTF-8 are made so") {
  ProgramFacts facts;
  facts.sections = {{"\xff", 0}};
  CHECK(to_json(facts)["sections"][0]["name"] == "\xef\xbf\xbd");
}
