#include "archive/each_entry.hpp"

#include "source/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Type = ArchiveEntry::Type;

struct Found {
  std::vector<ArchiveEntry> entries;
  std::vector<std::string> contents;
};

Found read(const std::string& bytes, const Limits& limits = {}) {
  const Scratch scratch;
  Found found;
  each_archive_entry(scratch.file("archive", bytes), limits,
                     [&](const ArchiveEntry& entry, const ReadContent& content) {
                       found.entries.push_back(entry);
                       content([&, first = true](std::string_view piece) mutable {
                         if (std::exchange(first, false)) found.contents.emplace_back();
                         found.contents.back() += piece;
                       });
                     });
  return found;
}
std::string refusal(const std::string& bytes, const Limits& limits = {}) {
  return error_of([&] { read(bytes, limits); });
}

}  // namespace

TEST_CASE("of every entry is told what the archive says, in its order") {
  const Found found = read(RawTar()
                               .entry("d/", '5', {}, {}, 0755)
                               .entry("d/run", '0', "text", {}, 0755)
                               .entry("l", '2', {}, "d/run")
                               .bytes());
  REQUIRE(found.entries.size() == 3);
  CHECK(found.entries[0].path == "d");
  CHECK(found.entries[0].type == Type::directory);
  CHECK(found.entries[1].type == Type::file);
  CHECK(found.entries[1].mode == 0755);
  CHECK(found.entries[1].size == 4);
  CHECK(found.entries[1].time == 0);
  CHECK(found.entries[1].owner == "0:0 :");
  CHECK(found.entries[2].type == Type::symlink);
  CHECK(found.entries[2].target == "d/run");
  CHECK(found.contents == std::vector<std::string>{"text"});
}

TEST_CASE("content that nobody asks for is left out, and the next entry is found") {
  const Scratch scratch;
  std::vector<std::string> paths;
  each_archive_entry(scratch.file("archive", RawTar().file("a", std::string(3000, 'x')).file("b").bytes()),
                     {}, [&](const ArchiveEntry& entry, const ReadContent&) { paths.push_back(entry.path); });
  CHECK(paths == std::vector<std::string>{"a", "b"});
}

TEST_CASE("what no archive of Go has is refused by its name") {
  CHECK(contains(refusal(RawTar().file("a").entry("b", '1', {}, "a").bytes()), "\"b\" is a hard link"));
  CHECK(contains(refusal(RawTar().entry("null", '3').bytes()), "\"null\" is a device"));
  CHECK(contains(refusal(RawTar().entry("pipe", '6').bytes()), "\"pipe\" is a fifo"));
  CHECK(contains(refusal(RawTar().file("../a").bytes()), "\"../a\""));
}

TEST_CASE("a file with holes is refused") {
  const Scratch scratch;
  Pack pack(scratch / "archive", Pack::Form::tar);
  pack.sparse("sparse", 100'000, "end");
  pack.close();
  CHECK(contains(refusal(read_file(scratch / "archive")), "has holes, or less content than it says"));
}

TEST_CASE("times of whole seconds are told, and others are refused") {
  const auto timed = [](const std::string& time) {
    const std::string field = " mtime=" + time + "\n";
    return RawTar().entry("pax", 'x', std::to_string(field.size() + 2) + field).file("a").bytes();
  };
  CHECK(read(timed("1234567")).entries.at(0).time == 1234567);
  CHECK(contains(refusal(timed("1234.5")), "has a time with a fraction of a second"));
}

TEST_CASE("what stands behind the end of an archive is not passed over") {
  CHECK_FALSE(refusal(RawTar().file("a").bytes() + RawTar().file("hidden").bytes()).empty());
}

TEST_CASE("entries, depth and bytes are bounded, those of content that is skipped too") {
  CHECK(contains(refusal(RawTar().file("a").file("b").bytes(), {.entries = 1}), "--max-entries"));
  CHECK(contains(refusal(RawTar().file("a/b/c").bytes(), {.depth = 2}), "--max-depth"));
  CHECK(refusal(RawTar().file("a/b").bytes(), {.depth = 2}) == "");
  const Scratch scratch;
  const fs::path bomb = scratch / "bomb";
  Pack pack(bomb, Pack::Form::tar_gz);
  pack.file("zeros", std::string(5'000'000, '\0'));
  pack.close();
  const auto skip = [&](const Limits& limits) {
    return error_of(
        [&] { each_archive_entry(bomb, limits, [](const ArchiveEntry&, const ReadContent&) {}); });
  };
  CHECK(contains(skip({}), "--max-ratio"));
  CHECK(contains(skip({.bytes = 1'000'000}), "--max-bytes"));
  CHECK(skip({.ratio = 10'000}) == "");
}
