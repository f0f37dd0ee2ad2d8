#include "direct/step_cache.hpp"

#include "direct/file_hashes.hpp"
#include "support/hash.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace gostrap;

namespace {

const std::string key(64, 'a');

StepResult result_for(const std::string& text) {
  return {hex(sha256(text)), hex(sha256("export")), "a word\nand another\n", 1.5};
}

}  // namespace

TEST_CASE("a step is found again with its output and its words") {
  const testing::Scratch scratch;
  const StepCache cache(scratch / "cache");
  CHECK_FALSE(cache.find(key));
  cache.store(key, result_for("made"), scratch.file("work/pkg.a", "made"));
  const auto found = cache.find(key);
  REQUIRE(found);
  CHECK(found->log == "a word\nand another\n");
  CHECK(read_file(cache.blob(found->output)) == "made");
  CHECK((fs::status(cache.blob(found->output)).permissions() & fs::perms::owner_write) == fs::perms::none);
}

TEST_CASE("a step whose output is gone, or whose record is damaged, is not known") {
  const testing::Scratch scratch;
  const StepCache cache(scratch / "cache");
  cache.store(key, result_for("made"), scratch.file("work/pkg.a", "made"));
  fs::remove(cache.blob(hex(sha256("made"))));
  CHECK_FALSE(cache.find(key));
  const std::string other(64, 'b');
  cache.store(other, result_for("more"), scratch.file("work/more.a", "more"));
  scratch.file("cache/steps/bb/" + std::string(62, 'b'), "nonsense");
  CHECK_FALSE(cache.find(other));
}

TEST_CASE("pruning removes what was used longest ago, until it fits") {
  const testing::Scratch scratch;
  const StepCache cache(scratch / "cache");
  const std::string old(100'000, 'o');
  const std::string young(100'000, 'y');
  cache.store(key, result_for(old), scratch.file("work/old", old));
  cache.store(std::string(64, 'c'), result_for(young), scratch.file("work/young", young));
  fs::last_write_time(cache.blob(hex(sha256(old))), fs::file_time_type::clock::now() - std::chrono::hours(9));
  CHECK(cache.prune(150'000) == 100'000);
  CHECK_FALSE(cache.find(key));
  CHECK(cache.find(std::string(64, 'c')));
}

TEST_CASE("the export data of an archive is its first member alone") {
  const testing::Scratch scratch;
  const std::string head = "!<arch>\n__.PKGDEF       0           0     0     644     6         `\n";
  const fs::path one = scratch.file("one.a", head + "exportobject 1");
  const fs::path two = scratch.file("two.a", head + "exportobject 2");
  CHECK(export_data_hash(one) == hex(sha256("export")));
  CHECK(export_data_hash(one) == export_data_hash(two));
  CHECK_FALSE(testing::error_of([&] { export_data_hash(scratch.file("bad.a", head + "ex")); }).empty());
  CHECK_FALSE(testing::error_of([&] { export_data_hash(scratch.file("none.a", "nothing")); }).empty());
}

TEST_CASE("a hash is remembered until the file changes, and never of what was just written") {
  const testing::Scratch scratch;
  const fs::path file = scratch.file("a", "one");
  const fs::path memory = scratch / "hashes";
  {
    FileHashes hashes(memory);
    CHECK(hashes.of(file) == hex(sha256("one")));
    hashes.save();
  }
  CHECK_FALSE(fs::exists(memory));
  scratch.file("a", "two");
  FileHashes hashes(memory);
  CHECK(hashes.of(file) == hex(sha256("two")));
  CHECK_FALSE(testing::error_of([&] { hashes.of(scratch / "gone"); }).empty());
}
