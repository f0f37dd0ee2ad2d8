#include "program/linked.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;

namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

ProgramFacts built_with(const Settings& settings, const std::string& arch = "amd64") {
  ProgramFacts facts;
  facts.goos = "linux";
  facts.goarch = arch;
  facts.build = BuildInfo{};
  facts.build->settings = settings;
  return facts;
}

/// As pclntab has them.
std::string functions(const std::vector<std::string>& names) {
  std::string text(1, '\0');
  for (const std::string& name : names) text += name + std::string(1, '\0');
  return text;
}

std::string names(const std::vector<LinkedPart>& parts) {
  std::string text;
  for (const LinkedPart& part : parts) text += part.name + " " + part.source + ";";
  return text;
}

const std::string zones = std::string("PK\x03\x04") + std::string(26, '\0') + "Africa/AbidjanTZif2";

}  // namespace

TEST_CASE("build information tells of a stripped program what is linked in") {
  CHECK(names(linked_parts(built_with({{"-race", "true"}}), "")) ==
        "race src/runtime/race/internal/amd64v1/race_linux.syso;");
  CHECK(names(linked_parts(built_with({{"-race", "true"}, {"GOAMD64", "v3"}}), "")) ==
        "race src/runtime/race/internal/amd64v3/race_linux.syso;");
  CHECK(names(linked_parts(built_with({{"-race", "true"}}, "s390x"), "")) ==
        "race src/runtime/race/race_linux_s390x.syso;");
  CHECK(names(linked_parts(built_with({{"-msan", "true"}}), "")) == "msan ;");
  CHECK(names(linked_parts(built_with({{"-asan", "true"}}), "")) == "asan ;");
  CHECK(names(linked_parts(built_with({{"GOFIPS140", "v1.0.0"}}), "")) == "fips140 lib/fips140/v1.0.0.zip;");
  CHECK(names(linked_parts(built_with({{"GOEXPERIMENT", "x,boringcrypto"}}), "")) ==
        "boringcrypto src/crypto/internal/boring/syso/goboringcrypto_linux_amd64.syso;");
  CHECK(names(linked_parts(built_with({{"-tags", "netgo,timetzdata"}}), "")) ==
        "tzdata lib/time/zoneinfo.zip;");
}

TEST_CASE("a program without any of it has nothing linked in") {
  CHECK(linked_parts(built_with({{"-race", "false"},
                                 {"GOFIPS140", "latest"},
                                 {"GOEXPERIMENT", "noboringcrypto"},
                                 {"-tags", "nottimetzdata"}}),
                     functions({"runtime.main", "runtime.racexyz", "crypto/internal/fips140/sha256.New"}))
            .empty());
  CHECK(linked_parts(built_with({{"GOEXPERIMENT", "boringcrypto"}, {"CGO_ENABLED", "0"}}), "").empty());
}

TEST_CASE("names of functions tell where build information says nothing") {
  const ProgramFacts facts = built_with({});
  CHECK(names(linked_parts(facts, functions({"runtime.raceinit"}))).starts_with("race "));
  CHECK(names(linked_parts(facts, functions({"_goboringcrypto_FIPS_mode"}))).starts_with("boringcrypto "));
  CHECK(names(linked_parts(facts, functions({"crypto/internal/fips140/v1.1.0/sha256.New"}))) ==
        "fips140 lib/fips140/v1.1.0.zip;");
  CHECK(names(linked_parts(facts, functions({"time/tzdata.init.0"}))) == "tzdata lib/time/zoneinfo.zip;");
}

TEST_CASE("the same names among the texts of a program that is none of Go's show nothing") {
  ProgramFacts facts;
  const std::string text = functions({"runtime.raceinit", "runtime.doasanread"});
  CHECK(linked_parts(facts, text).empty());
  facts.sections.push_back({".gopclntab", 1});
  CHECK(linked_parts(facts, text).size() == 2);
}

TEST_CASE("time zones are found by what they are, whoever renamed the functions") {
  CHECK(names(linked_parts(ProgramFacts{}, "x" + zones)) == "tzdata lib/time/zoneinfo.zip;");
  CHECK(linked_parts(ProgramFacts{}, zones.substr(2)).empty());
  CHECK(linked_parts(ProgramFacts{}, "Africa/AbidjanTZif2").empty());
}

TEST_CASE("a path that is no version of a module is not taken for one") {
  for (const char* name : {"crypto/internal/fips140/v\x1b[31m/x", "crypto/internal/fips140/vet/x",
                           "crypto/internal/fips140/v"}) {
    CAPTURE(name);
    CHECK(linked_parts(built_with({}), functions({name})).empty());
  }
}

TEST_CASE("what shows it is told, all of it") {
  const auto parts = linked_parts(built_with({{"-race", "true"}}), functions({"runtime.raceinit"}));
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].shown_by ==
        std::vector<std::string>{"build information: -race=true", "the function runtime.raceinit"});
  CHECK(to_json(parts[0])["shownBy"].size() == 2);
}
