#include "release/releases.hpp"

#include "release/own_releases.hpp"
#include "release/samples.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <map>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Releases shipped() {
  return Releases::load("/no/such/file");
}

}  // namespace

TEST_CASE("each release that ships can be read, and reads back the same") {
  const Releases releases = shipped();
  for (const Release& release : releases.all()) {
    CAPTURE(release.name());
    CHECK(release.tag == release.name());
    CHECK_FALSE(release.origins.empty());
    CHECK(release.has({"linux", "riscv64"}));
    CHECK(release.source_archive);
    CHECK(to_json(release_from_json(release.version, JsonView(to_json(release), "again"))) ==
          to_json(release));
  }
  CHECK(releases.get("1.24.4").bootstrap == parse_version("1.22.6"));
}

TEST_CASE("every line from 1.21 on ships without a gap, newest first, and its candidates") {
  const std::vector<Version> versions = shipped().versions();
  CHECK(std::is_sorted(versions.begin(), versions.end(), std::greater<>()));
  CHECK(versions.back().text() == "1.21rc2");
  std::map<int, std::vector<int>> patches;
  for (const Version& version : versions) {
    if (version.stage == Version::released) patches[version.minor].push_back(version.patch);
  }
  CHECK(patches.size() == 7);
  for (const auto& each : patches) {
    const std::vector<int>& there = each.second;
    CAPTURE(each.first);
    CHECK(there.back() == 0);
    CHECK(there.front() + 1 == static_cast<int>(there.size()));
  }
}

TEST_CASE("the default release is one that ships, with all its archives") {
  const Releases releases = shipped();
  const Release& release = releases.default_release();
  CHECK(release.name() == "go1.27.1");
  CHECK(release.archives.count(archive_name(release.version.text(), {"linux", "riscv64"})) == 1);
}

TEST_CASE("ways to name a release") {
  const Releases releases = shipped();
  CHECK(releases.get("").name() == "go1.27.1");
  CHECK(releases.get("1.24.4").name() == "go1.24.4");
  CHECK(releases.get("go1.24.4").name() == "go1.24.4");
  CHECK(releases.get("1.24").name() == "go1.24.13");
  CHECK(releases.get("1.26rc2").name() == "go1.26rc2");
}

TEST_CASE("what is no release is refused with those of its line, or with the newest of each") {
  const Releases releases = shipped();
  for (const std::string text : {"1.24.99", "1.24rc9"}) {
    CAPTURE(text);
    const std::string error = error_of([&] { releases.get(text); });
    CHECK(contains(error, std::string("there is no release \"") + text + "\""));
    CHECK(contains(error, "There are: 1.24.13, 1.24.12, "));
    CHECK_FALSE(contains(error, "1.23"));
  }
  for (const std::string text : {"1.2", "nonsense", "1.24."}) {
    CAPTURE(text);
    const std::string error = error_of([&] { releases.get(text); });
    CHECK(contains(error, "1.26.9, 1.25.14, 1.24.13, 1.23.12, 1.22.12, 1.21.13."));
    CHECK(contains(error, "gostrap release add"));
  }
}

TEST_CASE("1.24 is its newest patch, also where 1.24.0 is there") {
  Json json = Json{{"releases", {{"1.24.0", good_entry("1.24.0")}, {"1.24.4", good_entry("1.24.4")}}}};
  const Releases releases = Releases::parse(json.dump(), "file.json");
  CHECK(releases.get("1.24").name() == "go1.24.4");
  CHECK(releases.get("1.24.0").name() == "go1.24.0");
}

TEST_CASE("keys are versions, spelled in their one way") {
  for (const std::string version : {"", "go1.24.4", "1.24", "1.024.4", "latest", "1.20.0"}) {
    CAPTURE(version);
    const std::string error =
        error_of([&] { Releases::parse(file_with(good_entry(), version), "file.json"); });
    CHECK(contains(error, std::string("\"") + version + "\" is not a Go version"));
  }
}

TEST_CASE("a user's file lies over what ships") {
  const Scratch scratch;
  Json own{{"releases", {{"1.24.4", good_entry()}, {"1.26.0", good_entry("1.26.0")}}}};
  const Releases releases = Releases::load(scratch.file("own.json", own.dump()));
  CHECK(releases.versions().size() == shipped().versions().size());
  CHECK(releases.get("1.24.4").commit == std::string(40, 'c'));
  CHECK(releases.get("1.26.0").ports.size() == 2);
  CHECK(releases.get("1.24.9").commit != std::string(40, 'c'));
  CHECK(releases.default_release().name() == "go1.27.1");
}

TEST_CASE("a user's file may choose the default, from its own or from what ships") {
  const Scratch scratch;
  const auto with_default = [&](const std::string& version) {
    Json own{{"default", version}, {"releases", {{"1.26.0", good_entry("1.26.0")}}}};
    return Releases::load(scratch.file("own.json", own.dump())).default_release().name();
  };
  CHECK(with_default("1.26.0") == "go1.26.0");
  CHECK(with_default("1.24.4") == "go1.24.4");
  CHECK(
      contains(error_of([&] { with_default("1.28.0"); }), "own.json:1, default: there is no release 1.28.0"));
}

TEST_CASE("a user's entry has the pins that have come to ship since, where it is of the same archive") {
  const Scratch scratch;
  const Release shipped_one = *shipped().find(*parse_version("1.24.4"));
  Json entry = to_json(shipped_one);
  entry.erase("commit");
  entry.erase("source");
  entry["archives"] = Json::object();
  const auto loaded = [&] {
    const Json own{{"releases", {{"1.24.4", entry}}}};
    return Releases::load(scratch.file("own.json", own.dump())).get("1.24.4");
  };
  CHECK(to_json(loaded()) == to_json(shipped_one));
  entry["sourceArchive"] = digest;
  CHECK_FALSE(loaded().source);
  CHECK(loaded().archives.empty());
}

TEST_CASE("the source that was seen of a release completes what ships") {
  const Scratch scratch;
  const fs::path file = scratch / "own" / "releases.json";  // whoever writes it locks the directory
  const Version version = *parse_version("1.27.2");
  REQUIRE_FALSE(shipped().find(version)->source);
  add_seen_source(file, version, *digest_in_sri(source));
  const Releases releases = Releases::load(file);
  Release expected = *shipped().find(version);
  expected.source = digest_in_sri(source);
  CHECK(to_json(*releases.find(version)) == to_json(expected));
}

TEST_CASE("a source that was seen is held against the pin that has come to ship since") {
  const Scratch scratch;
  const Json seen{{"releases", {{"1.24.4", {{"source", source}}}}}};
  CHECK(
      contains(error_of([&] { Releases::load(scratch.file("own.json", seen.dump())); }),
               "releases, 1.24.4: the source that was seen here is " + source + ", and go1.24.4 is pinned"));
}

TEST_CASE("a source that was seen of a release that ships no more is passed over") {
  const Scratch scratch;
  const Json seen{{"releases", {{"1.99.4", {{"source", source}}}}}};
  CHECK(Releases::load(scratch.file("own.json", seen.dump())).find(*parse_version("1.99.4")) == nullptr);
}

TEST_CASE("a broken user's file is named, not passed over") {
  const Scratch scratch;
  const fs::path file = scratch.file("own.json", "{");
  CHECK(contains(error_of([&] { Releases::load(file); }), file.string()));
}

TEST_CASE("put adds, or replaces the same version") {
  Releases releases = Releases::parse(file_with(good_entry()), "file.json");
  Release release = releases.get("1.24.4");
  release.tag = "other";
  releases.put(release);
  CHECK(releases.all().size() == 1);
  CHECK(releases.get("1.24.4").tag == "other");
  release.version = *parse_version("1.25.1");
  releases.put(release);
  CHECK(releases.versions().front() == parse_version("1.25.1"));
}

TEST_CASE("without releases there is no default") {
  CHECK(contains(error_of([] { Releases::parse(R"({"releases": {}})", "file.json").default_release(); }),
                 "there is none"));
}
