#include "archive/tree_writer.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <thread>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

struct Box {
  Scratch scratch;
  fs::path root = scratch.directory("root");
  TreeWriter writer;
  explicit Box(const Limits& limits = {}) : writer(root, "unpack it", limits) {}
  /// Nothing but the root may be in the box.
  bool nothing_outside() const {
    for (const fs::directory_entry& each : fs::directory_iterator(scratch.path())) {
      if (each.path() != root) return false;
    }
    return true;
  }
};

}  // namespace

TEST_CASE("files, directories and links are written, with the directories above them") {
  Box box;
  box.writer.file("a/b/c", "text", false);
  box.writer.file("a/run", "x", true);
  box.writer.directory("a");
  box.writer.directory("empty/deep");
  box.writer.symlink("a/b/link", "../run");
  box.writer.hard_link("copy", "a/b/c", false);
  CHECK(read_file(box.root / "a/b/c") == "text");
  CHECK(read_file(box.root / "copy") == "text");
  CHECK(fs::is_directory(box.root / "empty/deep"));
  CHECK(fs::read_symlink(box.root / "a/b/link") == "../run");
  struct stat status = {};
  REQUIRE(::stat((box.root / "a/run").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0755);
}

TEST_CASE("an executable keeps its bit under any umask") {
  Box box;
  const mode_t before = ::umask(0177);
  box.writer.file("run", "x", true);
  ::umask(before);
  struct stat status = {};
  REQUIRE(::stat((box.root / "run").c_str(), &status) == 0);
  CHECK((status.st_mode & S_IXUSR) != 0);
}

TEST_CASE("nothing is written through a link, or over anything") {
  Box box;
  box.writer.directory("real");
  box.writer.symlink("link", "real");
  CHECK(contains(error_of([&] { box.writer.file("link/x", "", false); }), "through the link \"link\""));
  CHECK(contains(error_of([&] { box.writer.directory("link/x/y"); }), "through the link"));
  CHECK(contains(error_of([&] { box.writer.file("link", "", false); }), "there twice"));
  CHECK(contains(error_of([&] { box.writer.symlink("link", "real"); }), "there twice"));
  CHECK(contains(error_of([&] { box.writer.file("real", "", false); }), "there twice"));
  CHECK(contains(error_of([&] { box.writer.hard_link("hard", "link", false); }), "no file"));
  CHECK(contains(error_of([&] { box.writer.hard_link("hard", "../outside", false); }), "leads out"));
  CHECK(fs::is_empty(box.root / "real"));
  CHECK(box.nothing_outside());
}

TEST_CASE("a link that somebody else puts in the way is not followed either") {
  Box box;
  const fs::path outside = box.scratch.directory("outside");
  box.writer.directory("d");
  fs::remove(box.root / "d");
  fs::create_symlink(outside, box.root / "d");
  CHECK(!error_of([&] { box.writer.file("d/x", "", false); }).empty());
  CHECK(fs::is_empty(outside));
}

TEST_CASE("names that differ only in case are refused, both named") {
  Box box;
  box.writer.file("src/Readme", "", false);
  const std::string file = error_of([&] { box.writer.file("src/README", "", false); });
  CHECK(contains(file, "\"src/README\""));
  CHECK(contains(file, "\"src/Readme\""));
  CHECK(contains(error_of([&] { box.writer.file("SRC/x", "", false); }), "differ only in case"));
  CHECK(contains(error_of([&] { box.writer.file("src/readme/x", "", false); }), "differ only in case"));
}

TEST_CASE("limits give the number, the limit and the option") {
  Limits limits;
  limits.entries = 3;
  limits.bytes = 10;
  limits.depth = 2;
  Box box(limits);
  const std::string deep = error_of([&] { box.writer.file("a/b/c", "", false); });
  CHECK(contains(deep, "3 directories"));
  CHECK(contains(deep, "--max-depth"));
  box.writer.file("a/b", "1234567", false);
  const std::string large = error_of([&] { box.writer.file("c", "8901", false); });
  CHECK(contains(large, "11 bytes"));
  CHECK(contains(large, "10 is the limit"));
  CHECK(contains(large, "--max-bytes"));
  const std::string many = error_of([&] { box.writer.file("d", "", false); });
  CHECK(contains(many, "4 entries"));
  CHECK(contains(many, "3 is the limit"));
  CHECK(contains(many, "--max-entries"));
}

TEST_CASE("sizes that would wrap around are over the limit") {
  Box box;
  TreeWriter::File file = box.writer.open_file("x", false);
  file.write("1");
  CHECK(contains(error_of([&] { file.skip(UINT64_MAX); }), "--max-bytes"));
}

TEST_CASE("several threads may write at once") {
  Box box;
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([&box, number] {
      for (int each = 0; each < 100; ++each) {
        const std::string name = "d" + std::to_string(each) + "/f" + std::to_string(number);
        box.writer.file(name, name, false);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (int number = 0; number < 4; ++number) {
    CHECK(read_file(box.root / ("d99/f" + std::to_string(number))) == "d99/f" + std::to_string(number));
  }
  CHECK(box.writer.entries() == 500);
}
