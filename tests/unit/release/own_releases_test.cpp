#include "release/own_releases.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

Release pinned(const std::string& version) {
  Release release;
  release.version = *parse_version(version);
  release.tag = release.name();
  release.commit = std::string(40, 'c');
  release.source = *digest_in_sri("sha256-r3NLW/7vnou1yL39OYdcXXJhiuGU27HudDdZcDLEAtI=");
  release.source_archive = *digest_in_hex(std::string(64, 'a'));
  release.bootstrap = *parse_version("1.22.6");
  release.origins = {"https://example.org/go"};
  release.ports = {{"linux", "riscv64"}};
  release.archives = {{release.name() + ".linux-riscv64.tar.gz", *digest_in_hex(std::string(64, 'b'))}};
  return release;
}

}  // namespace

TEST_CASE("releases are added to a file that is not there yet, and read again from it") {
  const Scratch scratch;
  const fs::path file = scratch / "config/gostrap/releases.json";
  add_own_releases(file, {pinned("1.98.1"), pinned("1.99.0")});
  const Releases releases = Releases::load(file);
  REQUIRE(releases.find(*parse_version("1.98.1")) != nullptr);
  CHECK(to_json(*releases.find(*parse_version("1.99.0"))) == to_json(pinned("1.99.0")));
}

TEST_CASE("what is added replaces its own version, and nothing else in the file") {
  const Scratch scratch;
  const fs::path file = scratch / "own/releases.json";
  add_own_releases(file, {pinned("1.98.1"), pinned("1.99.0")});
  Json json = read_json(file);
  json["default"] = "1.98.1";
  json["remark"] = "ours";
  scratch.file("own/releases.json", to_text(json));
  Release newer = pinned("1.99.0");
  newer.commit = std::string(40, 'd');
  add_own_releases(file, {newer});
  json["releases"]["1.99.0"]["commit"] = newer.commit;
  CHECK(read_json(file) == json);
}

TEST_CASE("an entry that is replaced keeps remarks, and no pin of before") {
  const Scratch scratch;
  const fs::path file = scratch / "own/releases.json";
  add_own_releases(file, {pinned("1.99.0")});
  Json json = read_json(file);
  json["releases"]["1.99.0"]["remark"] = "asked for by Ann";
  scratch.file("own/releases.json", to_text(json));
  Release other = pinned("1.99.0");
  other.commit.clear();
  add_own_releases(file, {other});
  json["releases"]["1.99.0"].erase("commit");
  CHECK(read_json(file)["releases"]["1.99.0"]["remark"] == "asked for by Ann");
  CHECK_FALSE(read_json(file)["releases"]["1.99.0"].contains("commit"));
}

TEST_CASE("a file that would not be one of releases stays as it is") {
  const Scratch scratch;
  const fs::path file = scratch.file("own/releases.json", R"({"releases": {"1.98": {}}})");
  CHECK(contains(error_of([&] { add_own_releases(file, {pinned("1.99.0")}); }), "releases, 1.98"));
  Release odd = pinned("1.99.0");
  odd.archives = {{"../x.tar.gz", *digest_in_hex(std::string(64, 'b'))}};
  const fs::path none = scratch / "own/none.json";
  CHECK(contains(error_of([&] { add_own_releases(none, {odd}); }), "plain file name"));
  CHECK(read_file(file) == R"({"releases": {"1.98": {}}})");
  CHECK(!fs::exists(none));
}

TEST_CASE("whether an entry can be is known without the file") {
  const Scratch scratch;
  const fs::path file = scratch / "own/releases.json";
  CHECK(error_of([&] { require_possible_entry(pinned("1.99.0"), file); }) == "");
  Release odd = pinned("1.99.0");
  odd.origins = {"https://example.com/a b"};
  CHECK(contains(error_of([&] { require_possible_entry(odd, file); }), "releases, 1.99.0, origins[0]"));
  CHECK(!fs::exists(file));
}
