#include "release/releases.hpp"
#include "release/samples.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

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

TEST_CASE("ports that a release does not have") {
  const Releases releases = shipped();
  const Release& release = releases.get("1.24.4");
  CHECK_NOTHROW(release.at({"linux", "riscv64"}));
  const std::string error = error_of([&] { release.at({"linux", "riscv46"}); });
  CHECK(contains(error, "go1.24.4 has no port linux/riscv46"));
  CHECK(contains(error, "Did you mean linux/riscv64?"));
  CHECK_FALSE(contains(error, "windows/amd64"));  // forty others hide the one that was meant
  CHECK(contains(error_of([&] { release.at({"beos", "m68k"}); }), "windows/amd64"));
  CHECK_THROWS_AS(release.at({"beos", "m68k"}), UsageError);
}

TEST_CASE("an architecture that Go has not is no mistyped other one") {
  const Releases releases = shipped();
  const Release& release = releases.get("1.24.4");
  for (const char* architecture : {"sparc64", "alpha", "avr", "ia64", "m68k", "hppa", "sh4"}) {
    CAPTURE(architecture);
    CHECK_FALSE(contains(error_of([&] { release.at({"linux", architecture}); }), "Did you mean"));
  }
  CHECK(contains(error_of([&] { release.at({"linux", "riscv"}); }), "Did you mean linux/riscv64?"));
  CHECK(contains(error_of([&] { release.at({"linx", "amd64"}); }), "Did you mean linux/amd64?"));
  CHECK(contains(error_of([&] { release.at({"linux", "amd46"}); }), "Did you mean linux/amd64?"));
  CHECK(contains(error_of([&] { release.at(parse_port("wsam")); }), "Did you mean js/wasm?"));
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
    if (key == "commit" || key == "source" || key == "sourceArchive") continue;
    Json entry = whole;
    entry.erase(key);
    const std::string error = error_of([&] { Releases::parse(file_with(entry), "file.json"); });
    CHECK(contains(error, "cannot read file.json:1, releases, 1.24.4: \"" + key + "\" is missing"));
  }
  CHECK(contains(error_of([] { Releases::parse("{}", "file.json"); }), "\"releases\" is missing"));
}

TEST_CASE("any pin of its source may be missing, but not all") {
  const std::vector<std::string> pins{"commit", "source", "sourceArchive"};
  for (const std::string& kept : pins) {
    CAPTURE(kept);
    Json entry = good_entry();
    for (const std::string& pin : pins) {
      if (pin != kept) entry.erase(pin);
    }
    const Releases releases = Releases::parse(file_with(entry), "file.json");
    CHECK(to_json(releases.get("1.24.4")) == entry);
  }
  Json none = good_entry();
  for (const std::string& pin : pins) none.erase(pin);
  CHECK(contains(error_of([&] { Releases::parse(file_with(none), "file.json"); }),
                 "releases, 1.24.4: it has no pin of its source: commit, source or sourceArchive"));
}

TEST_CASE("the NAR hash of a source that nobody has seen is asked for in vain, with what to do") {
  Json entry = good_entry();
  entry.erase("source");
  const Releases releases = Releases::parse(file_with(entry), "file.json");
  const std::string error = error_of([&] { static_cast<void>(releases.get("1.24.4").nar()); });
  CHECK(contains(error, "nobody has seen its source yet"));
  CHECK(contains(error, "`gostrap source 1.24.4 --out DIR`"));
}
