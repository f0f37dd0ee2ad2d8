#include "archive/reader.hpp"

#include "source/samples.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// An archive of these bytes, read to its end.
struct Attempt {
  Scratch scratch;
  std::vector<std::string> paths;
  std::string contents;

  void read(const std::string& bytes, const Limits& limits = {}) {
    ArchiveReader reader(scratch.file("archive", bytes), "read it", limits);
    while (struct archive_entry* const entry = reader.next()) {
      paths.emplace_back(reader.checked_path(*entry));
      if (archive_entry_filetype(entry) != AE_IFREG) continue;
      reader.read(*entry, [&](std::uint64_t, std::string_view block) { contents += block; });
    }
    reader.require_nothing_behind();
  }
};

using Paths = std::vector<std::string>;

Paths paths(const std::string& bytes) {
  Attempt attempt;
  attempt.read(bytes);
  return attempt.paths;
}
std::string refusal(const std::string& bytes, const Limits& limits = {}) {
  return error_of([&] { Attempt().read(bytes, limits); });
}
std::string packed(Pack::Form form) {
  const Scratch scratch;
  Pack pack(scratch / "archive", form);
  pack.file("a", "one");
  pack.file("b/c", "two");
  pack.close();
  return read_file(scratch / "archive");
}

}  // namespace

TEST_CASE("tar, however it is packed, and zip are told apart by what is in them") {
  for (const Pack::Form form :
       {Pack::Form::tar, Pack::Form::tar_gz, Pack::Form::tar_xz, Pack::Form::tar_zst, Pack::Form::zip}) {
    CAPTURE(static_cast<int>(form));
    Attempt attempt;
    attempt.read(packed(form));
    CHECK(attempt.paths == Paths{"a", "b/c"});
    CHECK(attempt.contents == "onetwo");
  }
}

TEST_CASE("what an entry holds need not be read for the next to be found") {
  const Scratch scratch;
  ArchiveReader reader(scratch.file("archive", packed(Pack::Form::tar_gz)), "read it", {});
  REQUIRE(reader.next() != nullptr);
  struct archive_entry* const second = reader.next();
  REQUIRE(second != nullptr);
  CHECK(reader.checked_path(*second) == "b/c");
  CHECK(reader.next() == nullptr);
}

TEST_CASE("paths come without ./ before them and a slash behind, the archive's own root as nothing") {
  CHECK(paths(RawTar().entry("./", '5').entry("./d/", '5').file("./d/f").file("././g").bytes()) ==
        Paths{"", "d", "d/f", "g"});
}

TEST_CASE("unsafe paths are refused, with the name as it is given") {
  for (const std::string path : {"../f", "/f", "d/../../f", "d//f", "d/./f", ".."}) {
    CAPTURE(path);
    CHECK(contains(refusal(RawTar().file(path).bytes()), "cannot read it: the entry \"" + path + "\" "));
  }
  CHECK_FALSE(refusal(RawTar().file(".").bytes()).empty());
}

TEST_CASE("a name that is not in UTF-8 is refused") {
  CHECK(contains(refusal(RawTar().pax_name("\xff").bytes()), "is not in UTF-8, or malformed otherwise"));
}

TEST_CASE("what is no archive is refused, with those that are read") {
  CHECK(contains(refusal("no archive at all"), "gostrap reads tar, tar.gz, tar.xz, tar.zst and zip."));
  CHECK_FALSE(refusal(std::string(5000, 'x')).empty());
}

TEST_CASE("an archive that was cut short is told, also where it looks complete") {
  const std::string tar = RawTar().file("a").file("b").bytes();
  CHECK(contains(refusal(tar.substr(0, 2 * 1024)), "it is truncated: the mark at its end is missing"));
  CHECK_FALSE(refusal(tar.substr(0, 700)).empty());
  const std::string zip = packed(Pack::Form::zip);
  CHECK_FALSE(refusal(zip.substr(0, zip.size() / 2)).empty());
}

TEST_CASE("nothing but zeros stands behind the mark at the end") {
  const std::string tar = RawTar().file("a").bytes();
  CHECK(refusal(tar + std::string(4096, '\0')) == "");
  CHECK(contains(refusal(tar + RawTar().file("hidden").bytes()), "more stands behind the mark at its end"));
}

TEST_CASE("nothing stands behind what a tar is packed in") {
  CHECK(contains(refusal(packed(Pack::Form::tar_gz) + "more"), "more stands behind it in its file"));
}

TEST_CASE("an archive larger than what may come out of it is not opened") {
  const std::string tar = RawTar().file("a", std::string(3000, 'x')).bytes();
  CHECK(contains(refusal(tar, {.bytes = 1000}), "--max-bytes"));
}

TEST_CASE("what stands before an entry is bounded") {
  RawTar tar;
  for (int i = 0; i < 10; ++i) tar.entry("pax", 'g', "1000000 comment=" + std::string(999'983, 'x') + "\n");
  const std::string why = refusal(tar.file("a").bytes());
  // libarchive 3.8 has a bound of its own
  CHECK_MESSAGE((contains(why, "what it says of one entry has more than 8388608 bytes") ||
                 (archive_version_number() >= 3'008'000 && !why.empty())),
                why);
}

TEST_CASE("a zip of more entries than may be is refused before any is read") {
  const Scratch scratch;
  Pack pack(scratch / "archive", Pack::Form::zip);
  for (int i = 0; i < 1100; ++i) pack.file(std::to_string(i), "");
  pack.close();
  CHECK(contains(refusal(read_file(scratch / "archive"), {.entries = 10}), "--max-entries"));
}

TEST_CASE("what is no regular file is no archive") {
  const Scratch scratch;
  CHECK_FALSE(error_of([&] { ArchiveReader(scratch.path(), "read it", {}); }).empty());
  CHECK_FALSE(error_of([&] { ArchiveReader(scratch / "none", "read it", {}); }).empty());
}

TEST_CASE("kinds of entries that no archive of Go has are called by their names") {
  CHECK(kind_of_entry(AE_IFIFO) == "a fifo");
  CHECK(kind_of_entry(AE_IFCHR) == "a device");
  CHECK(kind_of_entry(AE_IFBLK) == "a device");
  CHECK(kind_of_entry(AE_IFSOCK) == "a socket");
  CHECK(kind_of_entry(0) == "of no known kind");
}
