#include "release/release.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const std::string digest(64, 'a');
const std::string source = "sha256-r3NLW/7vnou1yL39OYdcXXJhiuGU27HudDdZcDLEAtI=";

/// An entry in which nothing is wrong.
Json good_entry(const std::string& version = "1.24.4") {
  return Json{{"tag", "go" + version},
              {"commit", std::string(40, 'c')},
              {"source", source},
              {"sourceArchive", digest},
              {"bootstrap", "1.22.6"},
              {"origins", {"https://example.org/go"}},
              {"ports", {"linux/amd64", "linux/riscv64"}},
              {"archives", {{"go" + version + ".linux-amd64.tar.gz", digest}}}};
}

std::string file_with(const Json& entry, const std::string& version = "1.24.4") {
  return Json{{"releases", {{version, entry}}}}.dump();
}

/// What is said about an entry whose `key` holds `value`.
std::string refusal(const std::string& key, const Json& value) {
  Json entry = good_entry();
  entry[key] = value;
  return error_of([&] { Releases::parse(file_with(entry), "file.json"); });
}

Releases shipped() {
  return Releases::load("/no/such/file");
}

}  // namespace

TEST_CASE("the releases that ship") {
  const Releases releases = shipped();
  CHECK(releases.default_release().name() == "go1.27.1");
  std::vector<std::string> versions;
  for (const Release& release : releases.all()) {
    CAPTURE(release.name());
    versions.push_back(release.version.text());
    CHECK(release.tag == release.name());
    CHECK_FALSE(release.origins.empty());
    CHECK(release.has({"linux", "riscv64"}));
    CHECK(release.archives.count(archive_name(release.version.text(), {"linux", "riscv64"})) == 1);
    CHECK(to_json(release_from_json(release.version, JsonView(to_json(release), "again"))) ==
          to_json(release));
  }
  CHECK(versions == std::vector<std::string>{"1.27.1", "1.24.9", "1.24.4", "1.23.1"});
  CHECK(releases.get("1.24.4").bootstrap == parse_version("1.22.6"));
}

TEST_CASE("ways to name a release") {
  const Releases releases = shipped();
  CHECK(releases.get("").name() == "go1.27.1");
  CHECK(releases.get("1.24.4").name() == "go1.24.4");
  CHECK(releases.get("go1.24.4").name() == "go1.24.4");
  CHECK(releases.get("1.24").name() == "go1.24.9");
  CHECK(releases.get("1.23").name() == "go1.23.1");
  for (const std::string text : {"1.24.5", "1.24.0", "1.2", "1.24rc1", "nonsense", "1.24."}) {
    CAPTURE(text);
    const std::string error = error_of([&] { releases.get(text); });
    CHECK(contains(error, std::string("there is no release \"") + text + "\""));
    CHECK(contains(error, "1.27.1, 1.24.9, 1.24.4, 1.23.1"));
    CHECK(contains(error, "gostrap release add"));
  }
}

TEST_CASE("1.24 is its newest patch, also where 1.24.0 is there") {
  Json json = Json{{"releases", {{"1.24.0", good_entry("1.24.0")}, {"1.24.4", good_entry("1.24.4")}}}};
  const Releases releases = Releases::parse(json.dump(), "file.json");
  CHECK(releases.get("1.24").name() == "go1.24.4");
  CHECK(releases.get("1.24.0").name() == "go1.24.0");
}

TEST_CASE("ports that a release does not have") {
  const Releases releases = shipped();
  const Release& release = releases.get("1.24.4");
  CHECK_NOTHROW(release.at({"linux", "riscv64"}));
  const std::string error = error_of([&] { release.at({"linux", "riscv46"}); });
  CHECK(contains(error, "go1.24.4 has no port linux/riscv46"));
  CHECK(contains(error, "Did you mean linux/riscv64?"));
  CHECK(contains(error, "windows/amd64"));
  CHECK_THROWS_AS(release.at({"beos", "m68k"}), UsageError);
}

TEST_CASE("an architecture that Go has not is no mistyped other one") {
  const Releases releases = shipped();
  const Release& release = releases.get("1.24.4");
  for (const std::string architecture : {"sparc64", "alpha", "avr", "ia64", "m68k", "hppa", "sh4"}) {
    CAPTURE(architecture);
    CHECK_FALSE(contains(error_of([&] { release.at({"linux", architecture}); }), "Did you mean"));
  }
  CHECK(contains(error_of([&] { release.at({"linux", "riscv"}); }), "Did you mean linux/riscv64?"));
  CHECK(contains(error_of([&] { release.at({"linux", "amd46"}); }), "It has: "));
  CHECK(contains(error_of([&] { release.at({"linx", "amd64"}); }), "Did you mean linux/amd64?"));
}

TEST_CASE("an entry in which something is wrong is refused, with the place") {
  REQUIRE(error_of([] { Releases::parse(file_with(good_entry()), "file.json"); }).empty());
  const std::string place = "cannot read file.json:1, releases, 1.24.4, ";
  const auto check = [&](const std::string& key, const Json& value, const std::string& where) {
    CAPTURE(key);
    CAPTURE(value.dump());
    CHECK(contains(refusal(key, value), place + where));
  };
  for (const Json& bad :
       {Json(""), Json("../x"), Json(".hidden"), Json("a b"), Json(1), Json(std::string(300, 'a'))}) {
    check("tag", bad, "tag: ");
  }
  for (const Json& bad :
       {Json(""), Json(std::string(39, 'c')), Json(std::string(40, 'C')), Json("main"), Json(nullptr)}) {
    check("commit", bad, "commit: ");
  }
  for (const Json& bad :
       {Json(""), Json(digest), Json("sha256-short="), Json("sha512-" + source.substr(7))}) {
    check("source", bad, "source: ");
  }
  for (const Json& bad : {Json(""), Json(source), Json(std::string(64, 'A')), Json(std::string(63, 'a'))}) {
    check("sourceArchive", bad, "sourceArchive: ");
  }
  for (const Json& bad : {Json(""), Json("soon"), Json("1.24.4"), Json("1.25.0"), Json(1.22)}) {
    check("bootstrap", bad, "bootstrap: ");
  }
  check("origins", "https://example.org", "origins: it should be an array");
  check("origins", Json{1}, "origins[0]: it should be a string");
  for (const char* bad : {"", "https://x/\x1b[2J", "https://x/a b", "-oProxyCommand=id"}) {
    check("origins", Json{bad}, "origins[0]: it should be a URL or a path");
  }
  for (const char* bad : {"", "riscv64", "linux-riscv64", "linux/", "linux/../x", "LINUX/ARM"}) {
    check("ports", Json::array({"linux/amd64", bad}), "ports[1]: ");
  }
  check("archives", Json{{"../go.tar.gz", digest}}, "archives, ../go.tar.gz: ");
  check("archives", Json{{"go1.24.4.linux-arm64.tar.gz", "abc"}}, "archives, go1.24.4.linux-arm64.tar.gz: ");
  for (const char* const others : {"go.tar.gz", "go1.24.40.linux-arm64.tar.gz", "go1.24.linux-arm64.tar.gz"})
    check("archives", Json{{others, digest}},
          "archives, " + std::string(others) + ": that is no archive of go1.24.4");
  check("archives", Json::array(), "archives: it should be an object");
}

TEST_CASE("the line of what is wrong is told") {
  const Json good{{"releases", {{"1.24.4", good_entry()}, {"1.23.1", good_entry("1.23.1")}}}};
  const std::string text = good.dump(1);
  REQUIRE(error_of([&] { Releases::parse(text, "file.json"); }).empty());
  const auto broken = [&](const std::string& what, const std::string& with) {
    std::string changed = text;
    const std::size_t at = changed.rfind(what);
    changed.replace(at, what.size(), with);
    const std::string line =
        std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<long>(at), '\n'));
    const std::string error = error_of([&] { Releases::parse(changed, "file.json"); });
    CHECK_MESSAGE(contains(error, "cannot read file.json:" + line + ","), error);
  };
  broken("\"go1.23.1\"", "\"$(id)\"");
  broken("\"linux/riscv64\"", "\"linux\"");
  broken(digest, digest.substr(1));
  broken("\"1.22.6\"", "122");
  broken("\"1.23.1\"", "\"../1.23.1\"");
  broken("\"1.23.1\"", "\"1.23.1;id\"");
}

TEST_CASE("a ladder that is a circle is refused") {
  Json lower = good_entry("1.23.1");
  lower["bootstrap"] = "1.24.4";
  const Json circle{{"releases", {{"1.24.4", good_entry()}, {"1.23.1", lower}}}};
  const std::string error = error_of([&] { Releases::parse(circle.dump(), "file.json"); });
  CHECK(contains(error,
                 "releases, 1.23.1, bootstrap: a release cannot be built from itself or from a newer one"));
}

TEST_CASE("nothing of an entry may be missing") {
  const Json whole = good_entry();
  for (const auto& [key, value] : whole.items()) {
    Json entry = whole;
    entry.erase(key);
    const std::string error = error_of([&] { Releases::parse(file_with(entry), "file.json"); });
    CHECK(contains(error, "cannot read file.json:1, releases, 1.24.4: \"" + key + "\" is missing"));
  }
  CHECK(contains(error_of([] { Releases::parse("{}", "file.json"); }), "\"releases\" is missing"));
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
  CHECK(releases.all().size() == 5);
  CHECK(releases.get("1.24.4").commit == std::string(40, 'c'));
  CHECK(releases.get("1.26").name() == "go1.26.0");
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
      contains(error_of([&] { with_default("1.25.0"); }), "own.json:1, default: there is no release 1.25.0"));
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
  CHECK(releases.all().front().version == parse_version("1.25.1"));
}

TEST_CASE("without releases there is no default") {
  CHECK(contains(error_of([] { Releases::parse(R"({"releases": {}})", "file.json").default_release(); }),
                 "has none"));
}
