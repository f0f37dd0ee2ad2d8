#include "archive/file_unpacker.hpp"

#include "source/samples.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// Unpacks all entries of an archive, which are files.
void unpack(const fs::path& file, const fs::path& destination) {
  const Limits limits;
  ArchiveReader archive(file, "unpack it", limits);
  TreeWriter writer(destination, "unpack it", limits);
  FileUnpacker files(archive, writer);
  while (struct archive_entry* const entry = archive.next())
    files.unpack(*entry, std::string(archive.checked_path(*entry)), false);
  files.finish();
}

}  // namespace

TEST_CASE("small files and large ones are what the archive has, in any order") {
  const Scratch scratch;
  const std::string large(3'000'000, 'l');
  const fs::path file = scratch.file(
      "a.tar", RawTar().file("a", "one").file("b", large).file("c", "").file("d/e", "two").bytes());
  const fs::path root = scratch.directory("root");
  unpack(file, root);
  CHECK(read_file(root / "a") == "one");
  CHECK(read_file(root / "b") == large);
  CHECK(read_file(root / "c").empty());
  CHECK(read_file(root / "d/e") == "two");
}

TEST_CASE("what cannot be written is told, be it small or large") {
  for (const std::size_t size : {std::size_t{3}, std::size_t{3'000'000}}) {
    CAPTURE(size);
    const Scratch scratch;
    const std::string content(size, 'x');
    const fs::path file = scratch.file("a.tar", RawTar().file("a", content).file("A", content).bytes());
    const fs::path root = scratch.directory("root");
    CHECK(contains(error_of([&] { unpack(file, root); }), "A"));
  }
}
