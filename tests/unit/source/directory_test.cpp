#include "source/directory.hpp"

#include "source/samples.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("a directory with what a source cannot hold is refused") {
  for (const int what : {0, 1, 2}) {
    const Scratch scratch;
    for (const auto& [name, content] : sample_files()) scratch.file("go/" + name, content);
    if (what == 0) scratch.link("go/out", "../elsewhere");
    if (what == 1) REQUIRE(::mkfifo((scratch / "go/fifo").c_str(), 0600) == 0);
    if (what == 2) fs::remove(scratch / "go/VERSION");
    Silent progress;
    const std::string error =
        error_of([&] { copy_source(scratch / "go", scratch.directory("to"), {}, progress); });
    CHECK(contains(error, what == 0 ? "points out" : what == 1 ? "fifo" : "VERSION"));
  }
}

TEST_CASE("limits hold for directories") {
  const Scratch scratch;
  for (const auto& [name, content] : sample_files()) scratch.file("go/" + name, content);
  Limits limits;
  limits.bytes = 1000;
  Silent progress;
  CHECK(contains(error_of([&] { copy_source(scratch / "go", scratch.directory("to"), limits, progress); }),
                 "--max-bytes"));
}
