#include "support/files.hpp"

#include "support/nar.hpp"
#include "support/stage.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

mode_t mode_of(const fs::path& path) {
  struct stat status = {};
  ::lstat(path.c_str(), &status);
  return status.st_mode & 07777U;
}

ino_t inode_of(const fs::path& path) {
  struct stat status = {};
  ::lstat(path.c_str(), &status);
  return status.st_ino;
}

std::vector<std::string> names_in(const fs::path& dir) {
  std::vector<std::string> names;
  for (const fs::directory_entry& each : fs::directory_iterator(dir))
    names.push_back(each.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

void fill(const Scratch& scratch) {
  scratch.file("tree/a", "1");
  scratch.file("tree/bin/tool", "#!", true);
  scratch.file("tree/doc/deep/readme", "read me");
  scratch.file("tree/doc.txt", "beside doc");
  scratch.link("tree/link", "bin/tool");
}

}  // namespace

TEST_CASE("read_file gives the bytes, up to a limit") {
  const Scratch scratch;
  const std::string bytes("a\0b\n", 4);
  const fs::path file = scratch.file("file", bytes);
  CHECK(read_file(file) == bytes);
  CHECK(read_file(file, 4) == bytes);
  CHECK(contains(error_of([&] { read_file(file, 3); }), "larger than 3 bytes"));
}

TEST_CASE("read_file refuses what is no regular file, and does not wait for it") {
  const Scratch scratch;
  REQUIRE(::mkfifo((scratch / "fifo").c_str(), 0600) == 0);
  CHECK(contains(error_of([&] { read_file(scratch / "fifo"); }), "not a regular file"));
  CHECK(contains(error_of([&] { read_file(scratch.path()); }), "not a regular file"));
  CHECK(contains(error_of([] { read_file("/dev/zero"); }), "/dev/zero"));
  CHECK(contains(error_of([&] { read_file(scratch / "nothing"); }), "No such file"));
}

TEST_CASE("write_file replaces at once and leaves nothing beside") {
  const Scratch scratch;
  const fs::path file = scratch.file("file", "old");
  fs::create_hard_link(file, scratch / "before");
  write_file(file, "new");
  CHECK(read_file(file) == "new");
  CHECK(read_file(scratch / "before") == "old");  // a rename, not an overwriting
  CHECK(names_in(scratch.path()) == std::vector<std::string>{"before", "file"});
}

TEST_CASE("write_file that fails leaves what was there") {
  const Scratch scratch;
  scratch.file("dir/inside", "kept");
  CHECK(contains(error_of([&] { write_file(scratch / "dir", "text"); }), (scratch / "dir").string()));
  CHECK(names_in(scratch.path()) == std::vector<std::string>{"dir"});
  CHECK(read_file(scratch / "dir/inside") == "kept");
  CHECK(contains(error_of([&] { write_file(scratch / "no/such/dir", "text"); }),
                 (scratch / "no/such/dir").string()));
}

TEST_CASE("a full disk is told with what to do about it") {
  const Fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  REQUIRE(full);
  const std::string error = error_of([&] { write_all(full.get(), "text", "write the log"); });
  CHECK(contains(error, "cannot write the log: No space left on device"));
  CHECK(contains(error, "Free some space"));
}

TEST_CASE("create_file does not overwrite") {
  const Scratch scratch;
  create_file(scratch / "tool", "text", true);
  CHECK((mode_of(scratch / "tool") & 0100U) != 0);
  CHECK(contains(error_of([&] { create_file(scratch / "tool", "other"); }), "File exists"));
  CHECK(read_file(scratch / "tool") == "text");
}

TEST_CASE("make_directories says where it failed") {
  const Scratch scratch;
  make_directories(scratch / "a/b/c");
  CHECK(fs::is_directory(scratch / "a/b/c"));
  make_directories(scratch / "a/b/c");
  scratch.file("file", "");
  CHECK(contains(error_of([&] { make_directories(scratch / "file/below"); }),
                 (scratch / "file/below").string()));
}

TEST_CASE("list_tree wants a directory") {
  const Scratch scratch;
  CHECK(contains(error_of([&] { list_tree(scratch / "nothing"); }), "there is nothing at that path"));
  CHECK(contains(error_of([&] { list_tree(scratch.file("file", "")); }), "not a directory"));
}

TEST_CASE("remove_tree") {
  const Scratch scratch;
  fill(scratch);
  scratch.file("outside/kept", "kept");
  scratch.link("tree/out", "../outside");
  SUBCASE("removes links, not what they point at") {
    remove_tree(scratch / "tree");
    CHECK_FALSE(fs::exists(scratch / "tree"));
    CHECK(read_file(scratch / "outside/kept") == "kept");
  }
  SUBCASE("removes sealed trees, also for those who are not root") {
    seal_tree(scratch / "tree");
    CHECK(as_nobody(scratch, [&] {
            std::error_code refused;
            fs::remove(scratch / "tree/doc/deep/readme", refused);
            if (!refused) return 1;
            remove_tree(scratch / "tree");
            return fs::exists(scratch / "tree") ? 2 : 0;
          }) == 0);
  }
  SUBCASE("has nothing to say when there is nothing") {
    CHECK_NOTHROW(remove_tree(scratch / "nothing"));
  }
}

TEST_CASE("place_tree copies or links, with x bits and links") {
  const Scratch scratch;
  fill(scratch);
  for (const CopyMode how : {CopyMode::copy, CopyMode::link_if_possible}) {
    const fs::path target = scratch / (how == CopyMode::copy ? "copy" : "linked");
    place_tree(scratch / "tree", target, how);
    CHECK(nar_hash(target).digest == nar_hash(scratch / "tree").digest);
    CHECK((inode_of(target / "a") == inode_of(scratch / "tree/a")) == (how == CopyMode::link_if_possible));
    CHECK(fs::read_symlink(target / "link") == "bin/tool");
  }
}

TEST_CASE("place_tree leaves out what the filter refuses, and all below it") {
  const Scratch scratch;
  fill(scratch);
  std::vector<std::string> asked;
  place_tree(scratch / "tree", scratch / "copy", CopyMode::copy, [&](const std::string& path) {
    asked.push_back(path);
    return path != "doc" && path != "a";
  });
  CHECK(names_in(scratch / "copy") == std::vector<std::string>{"bin", "doc.txt", "link"});
  CHECK(asked == std::vector<std::string>{"a", "bin", "bin/tool", "doc", "doc.txt", "link"});
}

TEST_CASE("place_file keeps what is there") {
  const Scratch scratch;
  const fs::path from = scratch.file("from", "new");
  const fs::path to = scratch.file("to", "old");
  for (const CopyMode how : {CopyMode::copy, CopyMode::link_if_possible}) {
    CHECK(contains(error_of([&] { place_file(from, to, how); }), to.string()));
    CHECK(read_file(to) == "old");
  }
}

TEST_CASE("a copy of a sealed file is not sealed") {
  const Scratch scratch;
  fill(scratch);
  seal_tree(scratch / "tree");
  place_file(scratch / "tree/bin/tool", scratch / "tool", CopyMode::copy);
  CHECK(mode_of(scratch / "tool") == 0755);
  place_file(scratch / "tree/a", scratch / "a", CopyMode::copy);
  CHECK(mode_of(scratch / "a") == 0644);
}

TEST_CASE("seal_tree makes all read-only, and changes no hash") {
  const Scratch scratch;
  fill(scratch);
  const Digest before = nar_hash(scratch / "tree").digest;
  seal_tree(scratch / "tree");
  CHECK(mode_of(scratch / "tree") == 0555);
  CHECK(mode_of(scratch / "tree/doc/deep") == 0555);
  CHECK(mode_of(scratch / "tree/bin/tool") == 0555);
  CHECK(mode_of(scratch / "tree/a") == 0444);
  CHECK(nar_hash(scratch / "tree").digest == before);
}

TEST_CASE("seal_tree does not follow links out of the tree") {
  const Scratch scratch;
  const fs::path outside = scratch.file("outside", "text");
  scratch.directory("tree");
  scratch.link("tree/link", "../outside");
  seal_tree(scratch / "tree");
  CHECK(mode_of(outside) == 0644);
}

TEST_CASE("same_file compares bytes and the x bit") {
  const Scratch scratch;
  const fs::path file = scratch.file("file", std::string(200'000, 'x'));
  CHECK(same_file(file, file));
  CHECK(same_file(file, scratch.file("equal", std::string(200'000, 'x'))));
  CHECK_FALSE(same_file(file, scratch.file("end", std::string(199'999, 'x') + "y")));
  CHECK_FALSE(same_file(file, scratch.file("shorter", std::string(199'999, 'x'))));
  CHECK_FALSE(same_file(file, scratch.file("executable", std::string(200'000, 'x'), true)));
  CHECK_FALSE(same_file(file, scratch / "nothing"));
  CHECK_FALSE(same_file(file, scratch.link("link", "file")));
  CHECK_FALSE(same_file(scratch.path(), scratch.path()));
  CHECK(same_file(scratch.file("empty", ""), scratch.file("also empty", "")));
}

TEST_CASE("disk_usage counts a file with two names once") {
  const Scratch scratch;
  scratch.file("tree/file", std::string(100'000, 'x'));
  const std::uint64_t once = disk_usage(scratch / "tree");
  CHECK(once >= 100'000);
  fs::create_hard_link(scratch / "tree/file", scratch / "tree/again");
  CHECK(disk_usage(scratch / "tree") == once);
}

TEST_CASE("a TemporaryDirectory is private and goes with its object") {
  fs::path path;
  {
    const TemporaryDirectory directory;
    path = directory.path();
    CHECK(mode_of(path) == 0700);
    create_file(path / "file", "text");
  }
  CHECK_FALSE(fs::exists(path));
  const std::string error = error_of([] { const TemporaryDirectory directory("/no/such/place"); });
  CHECK(contains(error, "/no/such/place"));
  CHECK(contains(error, "TMPDIR"));
}
