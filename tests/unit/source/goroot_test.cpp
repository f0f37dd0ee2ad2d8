#include "source/goroot.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE("VERSION's first line names the release") {
  const Scratch scratch;
  scratch.file("VERSION", "go1.24.4\ntime 2025-05-29T19:37:36Z\n");
  CHECK(version_line(scratch.path()) == "go1.24.4");
  scratch.file("old/VERSION", "go1.20.14");
  CHECK(version_line(scratch / "old") == "go1.20.14");
  CHECK(contains(error_of([&] { version_line(scratch / "nothing"); }), "VERSION"));
}

TEST_CASE("go.env makes another port the default, or a part of one, or none") {
  const Scratch scratch;
  const Port host{"linux", "amd64"};
  CHECK(default_port(scratch.path(), host) == host);
  scratch.file("go.env", "GOTOOLCHAIN=local\n# GOOS=plan9\nGOARCH=\n");
  CHECK(default_port(scratch.path(), host) == host);
  scratch.file("part/go.env", "GOARCH=arm64");
  CHECK(default_port(scratch / "part", host) == Port{"linux", "arm64"});
  scratch.file("both/go.env", "GOOS=plan9\nGOOS=js\nGOARCH=wasm\n");  // the last one counts
  CHECK(default_port(scratch / "both", host) == Port{"js", "wasm"});
}

TEST_CASE("a source tree has VERSION and make.bash") {
  const Scratch scratch;
  CHECK_FALSE(is_source_tree(scratch.path()));
  scratch.file("VERSION", "go1.24.4\n");
  CHECK_FALSE(is_source_tree(scratch.path()));
  scratch.file("src/make.bash", "");
  CHECK(is_source_tree(scratch.path()));
}
