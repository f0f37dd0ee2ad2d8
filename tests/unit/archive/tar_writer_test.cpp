#include "archive/tar_writer.hpp"

#include "archive/entry_reader.hpp"
#include "support/testing.hpp"

#include <archive_entry.h>
#include <doctest/doctest.h>

#include <utility>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string packed(const std::function<void(TarWriter&)>& fill, TarWriter::Form form = TarWriter::Form::gnu) {
  std::string bytes;
  TarWriter tar([&](std::string_view piece) { bytes += piece; }, form, 1);
  fill(tar);
  tar.finish();
  return bytes;
}

}  // namespace

TEST_CASE("a tar depends on content, names and modes, not on the files' own times or modes") {
  const Scratch scratch;
  scratch.file("a/run", "x", true);
  scratch.file("a/file", "y");
  scratch.file("b/run", "x", true);
  scratch.file("b/file", "y");
  fs::permissions(scratch / "b/file", fs::perms(0600));
  fs::last_write_time(scratch / "b/file", fs::file_time_type::min());
  const auto tree = [&](const char* name) {
    return packed([&](TarWriter& tar) { tar.tree("go", scratch / name); });
  };
  CHECK(tree("a") == tree("b"));
  fs::permissions(scratch / "b/file", fs::perms(0700));
  CHECK(tree("a") != tree("b"));
}

TEST_CASE("long names and links are kept whole") {
  const std::string deep = std::string(90, 'd') + "/" + std::string(120, 'e') + "/" + std::string(90, 'f');
  const std::string bytes = packed([&](TarWriter& tar) {
    tar.file(deep, "content");
    tar.symlink("link", deep);
    tar.file("\xc3\x9e and \xff", "whatever the locale");
  });
  CHECK(contains(bytes, deep));
  CHECK(contains(bytes, "\xc3\x9e and \xff"));
  CHECK(bytes.size() % 512 == 0);
}

TEST_CASE("what a sink throws comes out as it was") {
  CHECK_THROWS_AS(
      {
        TarWriter tar([](std::string_view) { throw Interrupted(); }, TarWriter::Form::gnu, 0);
        for (int i = 0; i < 100; ++i) tar.file("a", std::string(100'000, 'x'));
        tar.finish();
      },
      Interrupted);
}

TEST_CASE("both forms keep long names, links and who has which mode") {
  const std::string deep = std::string(90, 'd') + "/" + std::string(120, 'e') + "/\xc3\x9e";
  for (const TarWriter::Form form : {TarWriter::Form::gnu, TarWriter::Form::pax}) {
    std::string bytes = packed(
        [&](TarWriter& tar) {
          tar.directory("d");
          tar.file("d/run", "x", 0755);
          tar.hard_link(deep, "d/run", 0755);
          tar.symlink("link", deep);
        },
        form);
    EntryReader reader(
        EntryReader::Format::tar,
        [&, given = std::string()]() mutable {
          given = std::exchange(bytes, {});
          return std::string_view(given);
        },
        [](const std::string& says, struct archive_entry* /*entry*/) { return Error("read it", says); });
    std::vector<std::string> found;
    while (struct archive_entry* const entry = reader.next()) {
      const char* const hard = archive_entry_hardlink(entry);
      const char* const soft = archive_entry_symlink(entry);
      found.push_back(std::string(archive_entry_pathname(entry)) + " " +
                      std::to_string(archive_entry_perm(entry)) + " " +
                      (hard != nullptr   ? hard
                       : soft != nullptr ? soft
                                         : "-"));
      CHECK(archive_entry_uid(entry) == 0);
      CHECK(archive_entry_mtime(entry) == 1);
    }
    CHECK(found ==
          std::vector<std::string>{"d/ 493 -", "d/run 493 -", deep + " 493 d/run", "link 511 " + deep});
  }
}

TEST_CASE("a file that has not as many bytes as were counted is told") {
  const Scratch scratch;
  const fs::path file = scratch.file("file", "four");
  std::string seen;
  const auto put = [&](std::uint64_t size) {
    seen.clear();
    return error_of([&] {
      packed([&](TarWriter& tar) {
        tar.file_from("file", file, 0644, size, [&](std::string_view piece) { seen += piece; });
      });
    });
  };
  CHECK(put(4).empty());
  CHECK(seen == "four");
  CHECK(contains(put(3), "it changed while it was read"));
  CHECK(contains(put(5), "it changed while it was read"));
}
