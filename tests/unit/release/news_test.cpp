#include "release/news.hpp"

#include "release/samples.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

const Digest sum = sha256("a file");

Releases known() {
  return Releases::parse(file_with(good_entry("1.98.3"), "1.98.3"), "file.json");
}

ListedRelease listed(const std::string& version, const Digest& of_source = *digest_in_hex(digest)) {
  return {*parse_version(version),
          {of_source, {{"go" + version + ".linux-amd64.tar.gz", *digest_in_hex(digest)}}}};
}

ReleaseNews news(const std::vector<ListedRelease>& of,
                 const std::map<std::string, std::string>& commits = {}) {
  return news_of(of, known(), commits);
}

}  // namespace

TEST_CASE("what is known and the same is no news") {
  CHECK(news({listed("1.98.3")}).empty());
}

TEST_CASE("a patch has the bootstrap, ports and origins of its line, and its own pins") {
  const std::string commit(40, 'd');
  const ReleaseNews found = news({listed("1.98.4", sum)}, {{"go1.98.4", commit}, {"go1.98.3", commit}});
  REQUIRE(found.added.size() == 1);
  const Release& release = found.added.front();
  CHECK(release.name() == "go1.98.4");
  CHECK(release.tag == "go1.98.4");
  CHECK(release.commit == commit);
  CHECK_FALSE(release.source);
  CHECK(release.source_archive == sum);
  CHECK(release.archives.size() == 1);
  CHECK(release.bootstrap == parse_version("1.22.6"));
  CHECK(release.ports.size() == 2);
  CHECK(release.origins == std::vector<std::string>{"https://example.org/go"});
}

TEST_CASE("a release whose tag nobody told is pinned by its archive alone") {
  CHECK(news({listed("1.98.4")}).added.front().commit.empty());
  CHECK(news({listed("1.98.4")}, {{"go1.98.4", "$(id)"}}).added.front().commit.empty());
}

TEST_CASE("a candidate is added to a line that is known") {
  CHECK(news({listed("1.98rc1")}).added.front().name() == "go1.98rc1");
}

TEST_CASE("the first of a line wants its source") {
  const ReleaseNews found = news({listed("1.99.0"), listed("1.99rc1")});
  CHECK(found.added.empty());
  CHECK(found.of_new_lines == std::vector<Version>{*parse_version("1.99.0"), *parse_version("1.99rc1")});
}

TEST_CASE("what was published since completes what is known") {
  ListedRelease more = listed("1.98.3");
  more.published.archives["go1.98.3.linux-riscv64.tar.gz"] = sum;
  const ReleaseNews found = news({more});
  REQUIRE(found.completed.size() == 1);
  CHECK(found.completed.front().archives.size() == 2);
  CHECK(found.completed.front().source == known().get("1.98.3").source);
}

TEST_CASE("a commit and a source archive that were not known complete a release") {
  Json entry = good_entry("1.98.3");
  entry.erase("commit");
  entry.erase("sourceArchive");
  const Releases bare = Releases::parse(file_with(entry, "1.98.3"), "file.json");
  const std::string commit(40, 'd');
  const ReleaseNews found = news_of({listed("1.98.3")}, bare, {{"go1.98.3", commit}});
  REQUIRE(found.completed.size() == 1);
  CHECK(found.completed.front().commit == commit);
  CHECK(found.completed.front().source_archive == digest_in_hex(digest));
}

TEST_CASE("another checksum than the pinned is told, and nothing is taken from there") {
  ListedRelease other = listed("1.98.3", sum);
  other.published.archives["go1.98.3.linux-amd64.tar.gz"] = sum;
  other.published.archives["go1.98.3.linux-riscv64.tar.gz"] = sum;
  const ReleaseNews found = news({other});
  CHECK(found.completed.empty());
  REQUIRE(found.disagreements.size() == 2);
  CHECK(found.disagreements[0].what == "go1.98.3.src.tar.gz");
  CHECK(found.disagreements[0].ours == digest);
  CHECK(found.disagreements[0].theirs == hex(sum));
  CHECK(found.disagreements[1].what == "go1.98.3.linux-amd64.tar.gz");
}

TEST_CASE("a tag that was moved is told") {
  const ReleaseNews found = news({listed("1.98.3")}, {{"go1.98.3", std::string(40, 'd')}});
  REQUIRE(found.disagreements.size() == 1);
  CHECK(found.disagreements[0].what == "go1.98.3's tag");
  CHECK(found.disagreements[0].ours == std::string(40, 'c'));
  CHECK(news({listed("1.98.3")}, {{"go1.98.3", std::string(40, 'c')}}).empty());
}
