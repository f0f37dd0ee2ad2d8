#include "support/stage.hpp"

#include "support/files.hpp"
#include "support/held_name.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <thread>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

bool is_empty_but_for(const Scratch& scratch, const std::string& name) {
  for (const fs::directory_entry& each : fs::directory_iterator(scratch.path())) {
    if (each.path().filename() != name) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a stage is filled beside its destination and renamed into it") {
  const Scratch scratch;
  {
    Stage stage(scratch / "out");
    CHECK(stage.path().parent_path() == scratch.path());
    CHECK(fs::is_empty(stage.path()));
    create_file(stage.path() / "file", "text");
    CHECK_FALSE(fs::exists(scratch / "out"));
    stage.commit();
    CHECK(read_file(scratch / "out/file") == "text");
  }
  CHECK(read_file(scratch / "out/file") == "text");
  CHECK(is_empty_but_for(scratch, "out"));
}

TEST_CASE("a stage that is not committed leaves nothing, sealed or not") {
  const Scratch scratch;
  {
    const Stage stage(scratch / "out");
    create_file(stage.path() / "file", "text");
    seal_tree(stage.path());
  }
  CHECK(fs::is_empty(scratch.path()));
}

TEST_CASE("a sealed stage commits, also for those who are not root") {
  const Scratch scratch;
  CHECK(as_nobody(scratch, [&] {
          Stage stage(scratch / "out");
          create_file(stage.path() / "file", "text");
          seal_tree(stage.path());
          stage.commit();
          return fs::exists(scratch / "out/file") ? 0 : 1;
        }) == 0);
}

TEST_CASE("parents are made, and a slash at the end means nothing") {
  const Scratch scratch;
  Stage stage(scratch / "a/b/out/");
  CHECK(stage.path().parent_path() == scratch / "a/b");
  stage.commit();
  CHECK(fs::is_directory(scratch / "a/b/out"));
}

TEST_CASE("an empty directory may be the destination: mktemp -d makes one") {
  const Scratch scratch;
  scratch.directory("out");
  Stage stage(scratch / "out");
  create_file(stage.path() / "file", "text");
  stage.commit();
  CHECK(read_file(scratch / "out/file") == "text");
}

TEST_CASE("an occupied destination is refused at once, and left alone") {
  const Scratch scratch;
  std::string name = "full/out";
  SUBCASE("a directory with something in it") {
    scratch.file("full/out/file", "kept");
  }
  SUBCASE("a file") {
    scratch.file("full/out", "kept");
  }
  SUBCASE("an empty file") {
    scratch.file("full/out", "");
  }
  SUBCASE("a link to nowhere") {
    scratch.directory("full");
    scratch.link("full/out", "nowhere");
  }
  const std::string error = error_of([&] { const Stage stage(scratch / name); });
  CHECK(contains(error, "something is there already"));
  CHECK(contains(error, (scratch / name).string()));
  CHECK(std::distance(fs::directory_iterator(scratch / "full"), {}) == 1);
}

TEST_CASE("what appears at the destination meanwhile is not overwritten") {
  const Scratch scratch;
  {
    Stage stage(scratch / "out");
    scratch.file("out/file", "first");
    CHECK(contains(error_of([&] { stage.commit(); }), (scratch / "out").string()));
  }
  CHECK(read_file(scratch / "out/file") == "first");
  CHECK(is_empty_but_for(scratch, "out"));
}

TEST_CASE("what nobody holds is removed, what somebody holds is left alone, whatever its process is called") {
  const Scratch scratch;
  const std::string left = held_name("out");
  scratch.file(left + "/file", "text");
  seal_tree(scratch / left);
  const std::string file = held_name("out");
  scratch.file(file, "half");
  const HeldDirectory ours(scratch.path(), "ours", 0755);
  const fs::path theirs = scratch.directory(held_name("theirs"));
  const int fd = ::open(theirs.c_str(), O_RDONLY | O_DIRECTORY);
  REQUIRE(::flock(fd, LOCK_EX | LOCK_NB) == 0);
  remove_stale_stages(scratch.path());
  CHECK_FALSE(fs::exists(scratch / left));
  CHECK_FALSE(fs::exists(scratch / file));
  CHECK(fs::exists(ours.path()));
  CHECK(fs::exists(theirs));
  ::close(fd);
  CHECK_NOTHROW(remove_stale_stages(scratch / "nothing"));
}

TEST_CASE("a user's directories of like names stay") {
  const Scratch scratch;
  std::string changed = held_name("out");
  changed.back() = changed.back() == '0' ? '1' : '0';
  const std::vector<std::string> names{".out.partial-1",        ".mine.partial-20240101",
                                       ".out.partial-1-2",      ".out.partial-12x",
                                       "out.partial-1",         "out",
                                       held_name("").substr(1), changed};
  for (const std::string& name : names) scratch.directory(name);
  remove_stale_stages(scratch.path());
  const HeldDirectory held(scratch.path(), "out", 0755);
  for (const std::string& name : names) CHECK(fs::exists(scratch / name));
}

TEST_CASE("in a store, which is gostrap's own, what earlier gostraps left goes too") {
  const Scratch scratch;
  scratch.file(".out.partial-1/file", "text");
  scratch.directory(".out.partial-" + std::to_string(::getpid()) + "-2");
  const fs::path theirs = scratch.directory(".theirs.partial-999999999");
  const int fd = ::open(theirs.c_str(), O_RDONLY | O_DIRECTORY);
  REQUIRE(::flock(fd, LOCK_EX | LOCK_NB) == 0);
  for (const char* const name : {".out.partial-", ".out.partial-12x", ".out.partial-99999999999999999999",
                                 ".out.partial--1", "out.partial-1", "out"}) {
    scratch.directory(name);
  }
  remove_stale_stages(scratch.path(), Ground::own);
  CHECK_FALSE(fs::exists(scratch / ".out.partial-1"));
  CHECK_FALSE(fs::exists(scratch / (".out.partial-" + std::to_string(::getpid()) + "-2")));
  CHECK(fs::exists(theirs));
  CHECK(std::distance(fs::directory_iterator(scratch.path()), {}) == 7);
  ::close(fd);
}

TEST_CASE("two at a time get a directory each") {
  const Scratch scratch;
  const HeldDirectory one(scratch.path(), "out", 0755);
  const HeldDirectory two(scratch.path(), "out", 0755);
  CHECK(one.path() != two.path());
  CHECK(fs::is_directory(one.path()));
  CHECK(fs::is_directory(two.path()));
}

// Directories of one process follow each other under one name: a look at the last must not remove the next.
TEST_CASE("one that is in use survives others that look for remains") {
  const Scratch scratch;
  std::atomic<bool> done = false;
  std::vector<std::thread> sweepers;  // more than there are cores, so that some are put aside half-way
  for (int number = 0; number < 4; ++number) {
    sweepers.emplace_back([&] {
      while (!done) remove_stale_stages(scratch.path());
    });
  }
  int lost = 0;
  for (int round = 0; round < 3000; ++round) {
    const HeldDirectory held(scratch.path(), "out", 0755);
    for (int look = 0; look < 10; ++look) lost += fs::exists(held.path()) ? 0 : 1;
  }
  done = true;
  for (std::thread& sweeper : sweepers) sweeper.join();
  CHECK(lost == 0);
}

TEST_CASE("a process that may open nothing more is told so, and makes no heap of directories") {
  const Scratch scratch;
  const int status = in_child([&] {
    const rlimit none{3, 3};
    ::setrlimit(RLIMIT_NOFILE, &none);
    return contains(error_of([&] { const HeldDirectory held(scratch.path(), "out", 0755); }),
                    "Too many open files")
               ? 0
               : 1;
  });
  CHECK(status == 0);
  CHECK(fs::is_empty(scratch.path()));
}

TEST_CASE("the next stage for the same place removes what a killed one left") {
  const Scratch scratch;
  in_child([&] {
    const Stage stage(scratch / "out");
    ::kill(::getpid(), SIGKILL);
    return 0;
  });
  scratch.directory(".other.partial-1");
  CHECK(std::distance(fs::directory_iterator(scratch.path()), {}) == 2);
  { const Stage stage(scratch / "out"); }
  CHECK(is_empty_but_for(scratch, ".other.partial-1"));
}

TEST_CASE("a killed process's stage is known as such") {
  const Scratch scratch;
  const int status = in_child([&] {
    const Stage stage(scratch / "out");
    create_file(stage.path() / "file", "half");
    ::kill(::getpid(), SIGKILL);
    return 0;
  });
  CHECK(status == 128 + SIGKILL);
  CHECK_FALSE(fs::is_empty(scratch.path()));
  remove_stale_stages(scratch.path());
  CHECK(fs::is_empty(scratch.path()));
}

TEST_CASE("an empty directory that is replaced stays as private as it was") {
  const Scratch scratch;
  fs::create_directory(scratch / "out");
  fs::permissions(scratch / "out", fs::perms::owner_all);
  Stage stage(scratch / "out");
  stage.commit();
  CHECK(fs::status(scratch / "out").permissions() == fs::perms::owner_all);
}
