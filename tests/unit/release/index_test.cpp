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

ReleaseIndex whole(const Json& json) {
  const JsonDocument document(json.dump(), "index.json");
  return read_index(document.view());
}
std::string names(const Json& json) {
  std::string names;
  for (const ListedRelease& each : whole(json).releases)
    names += (names.empty() ? "go" : " go") + each.version.text();
  return names;
}
std::vector<std::string> left_out(const Json& json) {
  return whole(json).left_out;
}

}  // namespace

TEST_CASE("of a release the index has the source's archive and the others, and installers are left out") {
  const Published files = published(sample());
  CHECK(hex(files.source_archive) == source);
  REQUIRE(files.archives.size() == 1);
  CHECK(hex(files.archives.at("go1.99.1.linux-riscv64.tar.gz")) == archive);
}

TEST_CASE("a release that it does not list is refused with those that it does") {
  CHECK(contains(refusal(sample(), {1, 99, 2}),
                 "it has no go1.99.2; of its line there are: go1.99.1 go1.99.0"));
  CHECK(contains(refusal(sample(), {1, 101, 0}), "it begins with: go1.99.1 go1.100rc1 go1.99.0"));
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

TEST_CASE("a file that is none of the release's is refused, whatever its name tries") {
  for (const char* name : {"../go1.99.1.linux-riscv64.tar.gz", "go1.99.10.linux-riscv64.tar.gz", "x.tar.gz",
                           "go1.99.1.a/b.tar.gz", "go1.99.1.src.tar.gz", "go1.99.1."}) {
    Json json = sample();
    json[0]["files"][1]["filename"] = name;
    CAPTURE(name);
    CHECK(contains(refusal(json), "is no archive of go1.99.1"));
  }
  Json json = sample();
  json[0]["files"][0]["filename"] = "go1.99.1.other.tar.gz";
  CHECK(contains(refusal(json), "is no source of go1.99.1"));
}

TEST_CASE("what is listed twice and differently is refused, and twice the same is not") {
  Json json = sample();
  json[0]["files"].push_back(file("go1.99.1.linux-riscv64.tar.gz", "archive", source));
  CHECK(contains(refusal(json), "go1.99.1.linux-riscv64.tar.gz is listed twice, with different checksums"));
  json = sample();
  json.push_back(json[0]);
  CHECK(refusal(json) == "");
  json[3]["files"].erase(1);
  CHECK(contains(refusal(json), "go1.99.1 is listed twice, with different files"));
}

TEST_CASE("of a whole index all is read from 1.21 on, candidates too, in its order") {
  Json json = sample();
  json.push_back({{"version", "go1.20.14"}, {"files", "not even looked at"}});
  json.push_back({{"version", "go1.9.2rc2"}, {"files", Json::array()}});
  json.push_back({{"version", "go1"}, {"files", Json::array()}});
  CHECK(names(json) == "go1.99.1 go1.100rc1 go1.99.0");
  CHECK(left_out(json).empty());
}

TEST_CASE("what is wrong with one release is told, and the others are read") {
  Json json = sample();
  json[0]["version"] = "tip";
  json[1]["files"].erase(0);
  CHECK(names(json) == "go1.99.0");
  REQUIRE(left_out(json).size() == 2);
  CHECK(contains(left_out(json)[0], "[0], version: \"tip\" is no name of a release of Go"));
  CHECK(contains(left_out(json)[1], "[1]: it lists no source archive that could be taken"));
  json = sample();
  json[0] = 7;
  json[1].erase("files");
  CHECK(names(json) == "go1.99.0");
  CHECK(left_out(json).size() == 2);
}

TEST_CASE("a name that is not upstream's is none: go1.99, 1.99.1") {
  for (const char* name : {"go1.99", "1.99.1", "go1.99.01", "go2", "go1.99.1\n"}) {
    Json json = sample();
    json[0]["version"] = name;
    CAPTURE(name);
    CHECK(names(json) == "go1.100rc1 go1.99.0");
  }
}

TEST_CASE("a file that cannot be taken is left out, and its release is not") {
  Json json = sample();
  json[0]["files"].push_back(file("../../x.tar.gz", "archive", archive));
  json[0]["files"].push_back({{"filename", "go1.99.1.linux-arm64.tar.gz"}, {"kind", "archive"}});
  json[0]["files"].push_back(file("go1.99.1.linux-riscv64.tar.gz", "archive", source));
  CHECK(names(json) == "go1.99.1 go1.100rc1 go1.99.0");
  CHECK(whole(json).releases[0].published.archives.empty());
  CHECK(left_out(json).size() == 3);
}

TEST_CASE("a release that is listed twice and differently is not taken at all") {
  Json json = sample();
  json.push_back(json[0]);
  CHECK(names(json) == "go1.99.1 go1.100rc1 go1.99.0");
  json[3]["files"][0]["sha256"] = archive;
  CHECK(names(json) == "go1.100rc1 go1.99.0");
  CHECK(left_out(json) == std::vector<std::string>{"go1.99.1 is listed twice, with different files"});
}

TEST_CASE("what lists nothing that could be taken, or is wrong all over, is no index") {
  CHECK(contains(error_of([] { whole(Json::array()); }), "it lists no release of Go"));
  CHECK(contains(error_of([] { whole(Json::array({7})); }), "[0]"));
  CHECK_FALSE(error_of([] { whole(Json::object()); }).empty());
  CHECK_FALSE(error_of([] { whole(Json("go1.99.1")); }).empty());
  Json json = sample();
  for (int n = 0; n < 30; ++n) json.push_back({{"version", "x"}});
  CHECK(contains(error_of([&] { whole(json); }),
                 "more than 20 things in it are wrong, the first being index.json"));
}

TEST_CASE("the versions of an index are its releases, without candidates, as they stand there") {
  CHECK(all(sample()) == std::vector<Version>{{1, 99, 1}, {1, 99, 0}});
  CHECK(all(Json::array()).empty());
}

TEST_CASE("a version that is none is passed over, and refused where there is no other") {
  Json json = sample();
  json[1]["version"] = "go1";
  CHECK(all(json).size() == 2);
  json = Json::array({Json{{"version", "tip"}}});
  CHECK(contains(error_of([&] { all(json); }), "it should be a Go version, such as go1.24.4"));
}
