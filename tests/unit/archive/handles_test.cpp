#include "archive/handles.hpp"

#include "support/testing.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

#include <utility>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("what a function throws while libarchive reads comes out as it was") {
  ReadingArchive archive([]() -> std::string_view { throw Interrupted(); });
  archive_read_support_format_tar(archive.get());
  CHECK_FALSE(archive.open());
  CHECK_THROWS_AS(static_cast<void>(archive.failure()), Interrupted);
}

TEST_CASE("what libarchive says of damage is fit to be shown") {
  bool given = false;
  ReadingArchive archive(
      [&]() -> std::string_view { return std::exchange(given, true) ? "" : "no tar at all"; });
  archive_read_support_format_tar(archive.get());
  archive.open();
  struct archive_entry* entry = nullptr;
  CHECK(archive_read_next_header(archive.get(), &entry) != ARCHIVE_OK);
  CHECK_FALSE(archive.failure().empty());
}

TEST_CASE("what a sink throws comes out once libarchive is left, and nothing more is written") {
  int calls = 0;
  WritingArchive archive([&](std::string_view) {
    ++calls;
    throw Error("write it", "it is full");
  });
  archive_write_set_format_raw(archive.get());
  archive.open("x");
  const EntryHandle entry(archive_entry_new());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive.header(*entry, "x");
  const std::string much(1'000'000, 'x');
  CHECK(contains(error_of([&] { archive.data(much, "x"); }), "it is full"));
  CHECK(contains(error_of([&] { archive.close("x"); }), "it is full"));
  CHECK(calls == 1);
}

TEST_CASE("what was not closed is not written") {
  std::string written;
  {
    WritingArchive archive([&](std::string_view bytes) { written += bytes; });
    archive_write_set_format_gnutar(archive.get());
    archive.open("x");
  }
  CHECK(written.empty());
}
