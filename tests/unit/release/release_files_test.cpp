#include "release/release_files.hpp"

#include "release/samples.hpp"
#include "support/files.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string refusal(const fs::path& directory) {
  return error_of([&] { releases_in(directory); });
}

Release sample(const std::string& version) {
  const JsonDocument document(good_entry(version).dump(), "entry");
  return release_from_json(*parse_version(version), document.view());
}

/// Not the scratch itself, which is locked as long as it is there.
fs::path directory_in(const Scratch& scratch) {
  make_directories(scratch / "releases");
  return scratch / "releases";
}

}  // namespace

TEST_CASE("a release that ships is written as the bytes that ship") {
  int seen = 0;
  for (const auto& entry :
       fs::directory_iterator(fs::path(GOSTRAP_TEST_FILES).parent_path() / "nix" / "releases")) {
    const std::optional<Version> version = parse_version(entry.path().stem().string());
    if (!version) continue;
    const std::string text = read_file(entry.path());
    const JsonDocument document(text, entry.path().string());
    CAPTURE(entry.path().string());
    CHECK(file_text(release_from_json(*version, document.view())) == text);
    ++seen;
  }
  CHECK(seen > 100);
}

TEST_CASE("what is written into a directory is what is read from it") {
  const Scratch scratch;
  const fs::path directory = directory_in(scratch);
  write_release_files(directory, {sample("1.98.1"), sample("1.99rc1")});
  const Releases releases = releases_in(directory);
  CHECK(releases.versions() == std::vector<Version>{*parse_version("1.99rc1"), *parse_version("1.98.1")});
  CHECK(to_json(releases.get("1.98.1")) == to_json(sample("1.98.1")));
  CHECK(releases.default_release().name() == "go1.99rc1");
}

TEST_CASE("the default of a directory is that of its default.json, which nobody changes") {
  const Scratch scratch;
  const fs::path directory = directory_in(scratch);
  scratch.file("releases/default.json", "\"1.98.1\"");
  write_release_files(directory, {sample("1.98.1"), sample("1.98.2")});
  CHECK(releases_in(directory).default_release().name() == "go1.98.1");
  CHECK(read_file(directory / "default.json") == "\"1.98.1\"");
  scratch.file("releases/default.json", "\"1.98.7\"");
  CHECK(contains(refusal(directory), "default.json: there is no release 1.98.7"));
}

TEST_CASE("a file that the next gostrap would misread is refused by its name") {
  for (const char* name : {"1.98.json", "go1.98.1.json", "notes.json"}) {
    const Scratch scratch;
    scratch.file(name, good_entry("1.98.1").dump());
    CHECK(contains(refusal(scratch.path()), std::string(name) + ": its name is not that of a release"));
  }
  const Scratch scratch;
  scratch.file("1.98.1.json", "{");
  CHECK(contains(refusal(scratch.path()), "1.98.1.json:1"));
  CHECK(contains(refusal(scratch / "nowhere"), "is no directory with a file a release"));
}

TEST_CASE("other files of a directory are left alone") {
  const Scratch scratch;
  scratch.file("README.md", "about");
  scratch.file(".1.98.1.json.swp", "x");
  CHECK(releases_in(scratch.path()).versions().empty());
}

TEST_CASE("of several releases none is written where one could not be read again") {
  const Scratch scratch;
  Release odd = sample("1.98.2");
  odd.archives = {{"../x.tar.gz", *digest_in_hex(std::string(64, 'b'))}};
  const fs::path directory = directory_in(scratch);
  const std::string error = error_of([&] { write_release_files(directory, {sample("1.98.1"), odd}); });
  CHECK(contains(error, "plain file name"));
  CHECK(fs::is_empty(directory));
}
