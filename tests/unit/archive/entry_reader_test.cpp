#include "archive/entry_reader.hpp"

#include "archive/tar_writer.hpp"
#include "source/samples.hpp"
#include "support/testing.hpp"

#include <archive_entry.h>
#include <doctest/doctest.h>

#include <map>
#include <memory>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string sample() {
  std::string bytes;
  TarWriter tar([&](std::string_view piece) { bytes += piece; }, TarWriter::Form::gnu, 0);
  tar.file("a", std::string(3000, 'x'));
  tar.file("b", "y");
  tar.finish();
  return bytes;
}

/// A reader of bytes that come in blocks of that size.
struct InBlocks {
  InBlocks(std::string whole, std::size_t size)
      : bytes(std::move(whole)),
        reader(
            EntryReader::Format::tar,
            [this, size] {
              block = bytes.substr(0, size);
              bytes.erase(0, block.size());
              return std::string_view(block);
            },
            [](const std::string& says, struct archive_entry* entry) {
              return Error("read it", (entry != nullptr ? "warned: " : "damaged: ") + says);
            }) {}

  std::map<std::string, std::string> files() {
    std::map<std::string, std::string> found;
    while (struct archive_entry* const entry = reader.next()) {
      std::string& content = found[archive_entry_pathname(entry)];
      reader.read(*entry, [&](std::uint64_t zeros, std::string_view piece) {
        content.append(static_cast<std::size_t>(zeros), '\0').append(piece);
      });
    }
    return found;
  }
  std::string rest() {
    std::string all;
    reader.rest([&](std::string_view piece) { all += piece; });
    return all;
  }

  std::string bytes, block;
  EntryReader reader;
};

}  // namespace

TEST_CASE("entries are the same in whatever blocks their bytes come, and so is what stands behind the mark") {
  for (const std::size_t size : {1U, 100U, 511U, 512U, 4608U, 100'000U}) {
    CAPTURE(size);
    InBlocks archive(sample() + "more", size);
    const std::map<std::string, std::string> expected{{"a", std::string(3000, 'x')}, {"b", "y"}};
    CHECK(archive.files() == expected);
    CHECK_FALSE(archive.reader.is_without_end_mark());
    const std::string rest = archive.rest();
    CHECK(rest.starts_with(std::string(1024, '\0')));
    CHECK(rest.ends_with("more"));
  }
}

TEST_CASE("a tar that ends between two entries has no mark") {
  InBlocks archive(sample().substr(0, 512 + 3072), 100);
  CHECK(archive.files().size() == 1);
  CHECK(archive.reader.is_without_end_mark());
}

TEST_CASE("damage is told in the words of whoever reads, and so is a name that is not in UTF-8") {
  InBlocks cut(sample().substr(0, 1000), 100);
  CHECK(contains(error_of([&] { cut.files(); }), "damaged: "));
  CHECK(contains(error_of([&] { InBlocks(std::string(512, 'x'), 100).files(); }), "damaged: "));
  CHECK(contains(error_of([&] { InBlocks(RawTar().pax_name("\xff").bytes(), 100).files(); }), "warned: "));
}

TEST_CASE("an entry that is left in the middle is skipped") {
  InBlocks archive(sample(), 100);
  REQUIRE(archive.reader.next() != nullptr);
  archive.reader.skip();
  struct archive_entry* const entry = archive.reader.next();
  REQUIRE(entry != nullptr);
  CHECK(std::string(archive_entry_pathname(entry)) == "b");
}
