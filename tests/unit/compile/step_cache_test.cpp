#include "compile/step_cache.hpp"

#include "compile/file_hashes.hpp"
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
  FileHashes hashes(scratch / "hashes");
  CHECK_FALSE(cache.find(key, hashes));
  cache.store(key, result_for("made"), scratch.file("work/pkg.a", "made"));
  const auto found = cache.find(key, hashes);
  REQUIRE(found);
  CHECK(found->log == "a word\nand another\n");
  CHECK(read_file(cache.blob(found->output)) == "made");
  CHECK((fs::status(cache.blob(found->output)).permissions() & fs::perms::owner_write) == fs::perms::none);
}

TEST_CASE("a step whose output is gone, or whose record is damaged, is not known") {
  const testing::Scratch scratch;
  const StepCache cache(scratch / "cache");
  FileHashes hashes(scratch / "hashes");
  cache.store(key, result_for("made"), scratch.file("work/pkg.a", "made"));
  fs::remove(cache.blob(hex(sha256("made"))));
  CHECK_FALSE(cache.find(key, hashes));
  const std::string other(64, 'b');
  cache.store(other, result_for("more"), scratch.file("work/more.a", "more"));
  scratch.file("cache/steps/bb/" + std::string(62, 'b'), "nonsense");
  CHECK_FALSE(cache.find(other, hashes));
}

TEST_CASE("a blob that is not what its name says is not known, and is replaced when the step is made again") {
  const testing::Scratch scratch;
  const StepCache cache(scratch / "cache");
  cache.store(key, result_for("made"), scratch.file("work/pkg.a", "made"));
  const fs::path blob = cache.blob(hex(sha256("made")));
  fs::remove(blob);
  std::string damaged;
  SUBCASE("emptied, as a power cut leaves it") {}
  SUBCASE("of the same size") {
    damaged = "mad!";
  }
  SUBCASE("longer") {
    damaged = "made and more";
  }
  scratch.file(blob.lexically_relative(scratch.path()).string(), damaged);
  FileHashes hashes(scratch / "hashes");
  CHECK_FALSE(cache.find(key, hashes));
  cache.store(key, result_for("made"), scratch.file("work/again.a", "made"));
  CHECK(read_file(blob) == "made");
  CHECK(cache.find(key, hashes));
}

TEST_CASE("a record or a note that was cut, changed or belongs to another is not taken") {
  const testing::Scratch scratch;
  const StepCache cache(scratch / "cache");
  FileHashes hashes(scratch / "hashes");
  cache.store(key, result_for("made"), scratch.file("work/pkg.a", "made"));
  cache.write_note(key, "a note\n");
  CHECK(cache.note(key) == "a note\n");
  for (const std::string kind : {"steps", "notes"}) {
    const std::string name = "cache/" + kind + "/aa/" + key.substr(2);
    const std::string text = read_file(scratch / name);
    for (const std::string& other :
         {text.substr(0, text.size() - 1), text + "more", std::string(), std::string(text.size(), '\0')}) {
      write_file(scratch / name, other);
      const bool both = cache.find(key, hashes).has_value() && cache.note(key).has_value();
      CHECK_FALSE(both);
    }
    write_file(scratch / name, text);
    CHECK(cache.find(key, hashes));
    CHECK(cache.note(key));
    scratch.file("cache/" + kind + "/bb/" + std::string(62, 'b'), text);
  }
  CHECK_FALSE(cache.find(std::string(64, 'b'), hashes));
  CHECK_FALSE(cache.note(std::string(64, 'b')));
}

TEST_CASE("an input that changes is seen, whatever it changes to; another link to it is no change") {
  const testing::Scratch scratch;
  const std::string file = scratch.file("a", "one").string();
  FileHashes hashes(scratch / "hashes");
  CHECK(hashes.of_input(file) == hex(sha256("one")));
  CHECK(hashes.is_unchanged(file));
  fs::create_hard_link(file, scratch / "link");
  CHECK_FALSE(hashes.changed_input());
  SUBCASE("to other text of the same size") {
    scratch.file("a", "two");
  }
  SUBCASE("to its like, by a rename") {
    scratch.file("b", "one");
    fs::rename(scratch / "b", file);
  }
  SUBCASE("to nothing") {
    fs::remove(file);
  }
  CHECK(hashes.changed_input() == file);
  CHECK(hashes.of_input(file) == hex(sha256("one")));  // what was said once holds
  hashes.forget_inputs();
  CHECK_FALSE(hashes.changed_input());
}

TEST_CASE("an input that was written to since a moment, or shortly before it, is told") {
  const testing::Scratch scratch;
  const std::string file = scratch.file("a", "one").string();
  FileHashes hashes(scratch / "hashes");
  hashes.of_input(file);
  CHECK(hashes.input_later_than(now_in_nanoseconds()) == file);
  CHECK_FALSE(hashes.input_later_than(now_in_nanoseconds() + 10'000'000'000));
}

TEST_CASE("a memory of hashes that is damaged is forgotten") {
  const testing::Scratch scratch;
  const std::string file = scratch.file("a", "one").string();
  const std::optional<FileStamp> stamp = stamp_of(file);
  scratch.file("hashes", std::to_string(stamp->size) + " " + std::to_string(stamp->inode) + " " +
                             std::to_string(stamp->modified) + " " + std::to_string(stamp->changed) + " " +
                             std::string(64, 'f') + " " + file + "\n");
  FileHashes hashes(scratch / "hashes");
  CHECK(hashes.of(file) == hex(sha256("one")));
}

TEST_CASE("pruning removes what was used longest ago, until it fits") {
  const testing::Scratch scratch;
  const StepCache cache(scratch / "cache");
  FileHashes hashes(scratch / "hashes");
  const std::string old(100'000, 'o');
  const std::string young(100'000, 'y');
  cache.store(key, result_for(old), scratch.file("work/old", old));
  cache.store(std::string(64, 'c'), result_for(young), scratch.file("work/young", young));
  fs::last_write_time(cache.blob(hex(sha256(old))), fs::file_time_type::clock::now() - std::chrono::hours(9));
  CHECK(cache.prune(150'000) == 100'000);
  CHECK_FALSE(cache.find(key, hashes));
  CHECK(cache.find(std::string(64, 'c'), hashes));
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
