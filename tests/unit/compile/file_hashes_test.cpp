#include "compile/file_hashes.hpp"

#include "compile/checked_text.hpp"
#include "support/hash.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

constexpr std::int64_t second = 1'000'000'000;

std::string sum(const std::string& text) {
  return hex(sha256(text));
}

FileStamp stamp(std::int64_t modified) {
  return {1, 1, modified, modified};
}

/// A file, and what is known of it: under a root that is settled.
struct Bench {
  Scratch scratch;
  FileHashes hashes{scratch / "memory"};
  std::string file = scratch.file("sdk/file", "text").string();

  /// Other bytes of the same length with the same time, as a stamp cannot tell them.
  void change_unseen(const std::string& text) const {
    struct stat before = {};
    REQUIRE(::stat(file.c_str(), &before) == 0);
    {
      std::ofstream out(file, std::ios::in | std::ios::binary);  // in its place
      out << text;
    }
    const timespec times[2] = {before.st_atim, before.st_mtim};
    ::utimensat(AT_FDCWD, file.c_str(), times, 0);
  }
};

}  // namespace

TEST_CASE("a stamp is a file's size, place and times, also by way of a link") {
  const Scratch scratch;
  const std::string file = scratch.file("file", "text").string();
  const std::optional<FileStamp> stamp = stamp_of(file);
  REQUIRE(stamp.has_value());
  CHECK(stamp->size == 4);
  CHECK(stamp_of(scratch.link("link", "file").string()) == stamp);
  CHECK_FALSE(stamp_of((scratch / "none").string()).has_value());
  scratch.file("file", "more text");
  CHECK(stamp_of(file) != stamp);
}

TEST_CASE("what changed after a moment, or a tenth of a second before it, is fresh") {
  const std::int64_t moment = 1000 * second + 500;
  CHECK(is_fresh(stamp(moment + 1), moment));
  CHECK(is_fresh(stamp(moment - second / 20), moment));
  CHECK_FALSE(is_fresh(stamp(moment - second / 5), moment));
}

TEST_CASE("where a file system counts whole seconds two of them are fresh") {
  const std::int64_t moment = 1000 * second;
  CHECK(is_fresh(stamp(998 * second), moment));
  CHECK_FALSE(is_fresh(stamp(997 * second), moment));
  CHECK_FALSE(is_fresh({1, 1, 998 * second, 998 * second + 1}, moment));
}

TEST_CASE("a hash is that of the bytes, and of what is not there an error names it") {
  Bench bench;
  CHECK(bench.hashes.of(bench.file) == sum("text"));
  CHECK(contains(error_of([&] { bench.hashes.of((bench.scratch / "none").string()); }), "none"));
}

TEST_CASE("a file that was just written is read again") {
  Bench bench;
  CHECK(bench.hashes.of(bench.file) == sum("text"));
  bench.scratch.file("sdk/file", "TEXT");
  CHECK(bench.hashes.of(bench.file) == sum("TEXT"));
}

TEST_CASE("what is remembered counts in a later run, as long as the stamp is the same") {
  const Scratch scratch;
  const std::string file = scratch.file("file", "text").string();
  const FileStamp stamp = *stamp_of(file);
  const auto remembered = [&](const FileStamp& of) {
    return std::to_string(of.size) + " " + std::to_string(of.inode) + " " + std::to_string(of.modified) +
           " " + std::to_string(of.changed) + " " + sum("remembered") + " " + file + "\n";
  };
  FileStamp other = stamp;
  ++other.changed;
  scratch.file("memory", with_check("hashes", remembered(stamp)));
  CHECK(FileHashes(scratch / "memory").of(file) == sum("remembered"));
  scratch.file("memory", with_check("hashes", remembered(other)));
  CHECK(FileHashes(scratch / "memory").of(file) == sum("text"));
  scratch.file("memory", "damaged " + with_check("hashes", remembered(stamp)));
  CHECK(FileHashes(scratch / "memory").of(file) == sum("text"));
  scratch.file("memory", with_check("hashes", "x\n1 2\n" + remembered(stamp).substr(0, 60) + "\n"));
  CHECK(FileHashes(scratch / "memory").of(file) == sum("text"));
}

TEST_CASE("nothing learned, nothing written") {
  Bench bench;
  bench.hashes.of(bench.file);  // too young
  bench.hashes.save();
  CHECK_FALSE(fs::exists(bench.scratch / "memory"));
}

TEST_CASE("what is first said of an input holds for the run") {
  Bench bench;
  CHECK(bench.hashes.of_input(bench.file) == sum("text"));
  bench.scratch.file("sdk/file", "more text");
  CHECK(bench.hashes.of_input(bench.file) == sum("text"));
  bench.hashes.forget_inputs();
  CHECK(bench.hashes.of_input(bench.file) == sum("more text"));
}

TEST_CASE("an input that changed since is found by name") {
  Bench bench;
  const std::string other = bench.scratch.file("other", "").string();
  bench.hashes.of_input(bench.file);
  bench.hashes.of_input(other);
  CHECK(bench.hashes.is_unchanged(bench.file));
  CHECK_FALSE(bench.hashes.changed_input().has_value());
  bench.scratch.file("sdk/file", "more text");
  CHECK_FALSE(bench.hashes.is_unchanged(bench.file));
  CHECK(bench.hashes.changed_input() == bench.file);
  CHECK(bench.hashes.is_unchanged((bench.scratch / "never asked for").string()));
}

TEST_CASE("an input that is gone, or was replaced by its like, has changed") {
  Bench bench;
  bench.hashes.of_input(bench.file);
  const std::string copy = bench.scratch.file("copy", "text").string();
  fs::rename(copy, bench.file);
  CHECK_FALSE(bench.hashes.is_unchanged(bench.file));
  fs::remove(bench.file);
  CHECK_FALSE(bench.hashes.is_unchanged(bench.file));
}

TEST_CASE("another name for an input is no change of it") {
  Bench bench;
  bench.hashes.of_input(bench.file);
  fs::create_hard_link(bench.file, bench.scratch / "name");
  CHECK(bench.hashes.is_unchanged(bench.file));
}

TEST_CASE("other bytes of the same size and hour are a change, which its bytes tell") {
  Bench bench;
  bench.hashes.of_input(bench.file);
  bench.change_unseen("TEXT");
  CHECK_FALSE(bench.hashes.is_unchanged(bench.file));
}

TEST_CASE("an input that was written to after a moment is named") {
  Bench bench;
  bench.hashes.of_input(bench.file);
  CHECK(bench.hashes.input_later_than(0) == bench.file);
  CHECK_FALSE(bench.hashes.input_later_than(now_in_nanoseconds() + 3600 * second).has_value());
  CHECK(bench.hashes.input_stamps().at(bench.file) == *stamp_of(bench.file));
}
