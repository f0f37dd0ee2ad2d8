#include "release/index.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const std::string source(64, 'a');
const std::string archive(64, 'b');

Json file(const std::string& name, const std::string& kind, const std::string& sum) {
  return {{"filename", name}, {"kind", kind}, {"sha256", sum}};
}

/// The index with two releases and a candidate.
Json sample() {
  const auto release = [](const std::string& version) {
    Json entry{{"version", version}, {"files", Json::array()}};
    entry["files"].push_back(file(version + ".src.tar.gz", "source", source));
    entry["files"].push_back(file(version + ".linux-riscv64.tar.gz", "archive", archive));
    entry["files"].push_back(file(version + ".windows-amd64.msi", "installer", archive));
    return entry;
  };
  return Json::array({release("go1.99.1"), release("go1.100rc1"), release("go1.99.0")});
}

Published published(const Json& json, const Version& version = {1, 99, 1}) {
  const JsonDocument document(json.dump(), "index.json");
  return published_files(document.view(), version);
}
std::string refusal(const Json& json, const Version& version = {1, 99, 1}) {
  return error_of([&] { published(json, version); });
}
std::vector<Version> all(const Json& json) {
  const JsonDocument document(json.dump(), "index.json");
  return published_versions(document.view());
}

}  // namespace

TEST_CASE("of a release the index has the source's archive and the others, and installers are left out") {
  const Published files = published(sample());
  CHECK(hex(files.source_archive) == source);
  REQUIRE(files.archives.size() == 1);
  CHECK(hex(files.archives.at("go1.99.1.linux-riscv64.tar.gz")) == archive);
}

TEST_CASE("a release that it does not list is refused with those that it does") {
  CHECK(contains(refusal(sample(), {1, 99, 2}), "it has no go1.99.2; it has: go1.99.1 go1.100rc1 go1.99.0"));
  CHECK(contains(refusal(Json::array()), "it has no go1.99.1"));
}

TEST_CASE("a checksum that is none is refused with its place") {
  for (const std::string& sum : {std::string("abc"), std::string(64, 'g'), std::string()}) {
    Json json = sample();
    json[0]["files"][1]["sha256"] = sum;
    CAPTURE(sum);
    CHECK(contains(refusal(json), "it should be a SHA-256 in hexadecimal digits"));
    CHECK(contains(refusal(json), "files[1]"));
  }
}

TEST_CASE("a release without a source's archive is refused") {
  Json json = sample();
  json[0]["files"].erase(0);
  CHECK(contains(refusal(json), "it lists no source archive"));
}

TEST_CASE("what another release has wrong does not matter") {
  Json json = sample();
  json[2]["files"] = Json::array();
  CHECK(refusal(json) == "");
}

TEST_CASE("what is no index is refused") {
  CHECK_FALSE(refusal(Json::object()).empty());
  CHECK_FALSE(refusal(Json::array({Json::object()})).empty());
  CHECK_FALSE(refusal(Json::array({Json{{"version", 5}}})).empty());
}

TEST_CASE("the versions of an index are its releases, without candidates, as they stand there") {
  CHECK(all(sample()) == std::vector<Version>{{1, 99, 1}, {1, 99, 0}});
  CHECK(all(Json::array()).empty());
}

TEST_CASE("a version that is none is refused") {
  Json json = sample();
  json[1]["version"] = "tip";
  CHECK(contains(error_of([&] { all(json); }), "it should be a Go version, such as go1.24.4"));
}
