#include "toolchain/build.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// A tree that is laid out for a build.
struct Bench {
  Scratch scratch;
  Silent silent;
  Workshop workshop{scratch / "work", scratch / "log", silent};

  Bench() {
    scratch.file("from/bin/run", "run", true);
    scratch.file("from/src/a", "a");
    scratch.link("from/link", "src/a");
  }
  fs::path lay_out() {
    ::gostrap::lay_out(scratch / "from", scratch / "to", workshop);
    return scratch / "to";
  }
  void check_same() const {
    CHECK(same_file(scratch / "from/bin/run", scratch / "to/bin/run"));
    CHECK(same_file(scratch / "from/src/a", scratch / "to/src/a"));
    CHECK(fs::read_symlink(scratch / "to/link") == "src/a");
  }
};

const fs::file_time_type another_day =
    fs::file_time_type::clock::from_sys(std::chrono::sys_seconds(std::chrono::seconds(1'000'000'000)));

}  // namespace

TEST_CASE("a working copy is the tree, linked where that is wanted") {
  Bench bench;
  bench.workshop.copy_mode = CopyMode::link_if_possible;
  CHECK(fs::equivalent(bench.lay_out() / "src/a", bench.scratch / "from/src/a"));
  bench.check_same();
}

TEST_CASE("in reverse order it is the same") {
  Bench bench;
  bench.workshop.conditions.reversed = true;
  bench.lay_out();
  bench.check_same();
}

TEST_CASE("files of another day are copies: the store's keep theirs") {
  Bench bench;
  bench.workshop.copy_mode = CopyMode::link_if_possible;
  bench.workshop.conditions.written = another_day;
  CHECK(fs::last_write_time(bench.lay_out() / "src/a") == another_day);
  CHECK(fs::last_write_time(bench.scratch / "from/src/a") != another_day);
  bench.check_same();
}
