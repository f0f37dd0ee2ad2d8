#include "compile/stamps.hpp"

#include "compile/file_hashes.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

/// A module with a package, an SDK's GOROOT and a module cache; nothing of it was written lately.
struct Bench {
  Scratch scratch;
  ProgramQuery query;
  std::map<std::string, std::string> go_env;
  GoPackage package;

  Bench() {
    scratch.file("sdk/VERSION", "go1.99.0\n");
    scratch.file("sdk/bin/go", "go", true);
    scratch.file("m/go.mod", "module x.com/m\n");
    scratch.file("m/main.go", "package main\n");
    scratch.file("m/README", "");
    query.goroot = (scratch / "sdk").string();
    query.directory = (scratch / "m").string();
    query.packages = {"."};
    go_env["GOMOD"] = (scratch / "m/go.mod").string();
    go_env["GOMODCACHE"] = (scratch / "cache").string();
    package.directory = query.directory;
    package.import_path = "x.com/m";
    package.go_files = {"main.go"};
  }
  /// As if the question were put an hour from now: nothing is too young then.
  std::optional<std::string> stamps() const {
    return stamps_for({package}, query, go_env, now_in_nanoseconds() + std::int64_t{3600} * 1'000'000'000);
  }
  /// Whether what was remembered still holds after a change.
  bool holds_after(const std::function<void()>& change) const {
    const std::optional<std::string> before = stamps();
    REQUIRE(before.has_value());
    REQUIRE(stamps_hold(*before));
    change();
    return stamps_hold(*before);
  }
};

}  // namespace

TEST_CASE("an answer holds as long as nothing changes that it came from") {
  const Bench bench;
  CHECK(bench.holds_after([] {}));
  CHECK(bench.holds_after([&] { bench.scratch.file("m/README", "more"); }));
  CHECK(bench.holds_after([&] { bench.scratch.file("elsewhere/go.mod", ""); }));
}

TEST_CASE("other text in a source or in go.mod is another question") {
  const Bench bench;
  CHECK_FALSE(bench.holds_after([&] { bench.scratch.file("m/main.go", "package other\n"); }));
  CHECK_FALSE(bench.holds_after([&] { bench.scratch.file("m/go.mod", "module x.com/other\n"); }));
}

TEST_CASE("a source that comes or goes is another question, and so is another SDK") {
  const Bench bench;
  CHECK_FALSE(bench.holds_after([&] { bench.scratch.file("m/more.go", ""); }));
  CHECK_FALSE(bench.holds_after([&] { fs::remove(bench.scratch / "m/more.go"); }));
  CHECK_FALSE(bench.holds_after([&] { bench.scratch.file("sdk/VERSION", "go1.99.1 \n"); }));
}

TEST_CASE("a go.mod or go.work that appears on the way up is another question") {
  const Bench bench;
  CHECK_FALSE(bench.holds_after([&] { bench.scratch.file("go.work", ""); }));
  CHECK_FALSE(bench.holds_after([&] { bench.scratch.file("go.mod", ""); }));
}

TEST_CASE("what a module is locked to and vendors is part of the question") {
  const Bench bench;
  CHECK_FALSE(bench.holds_after([&] { bench.scratch.file("m/go.sum", ""); }));
  CHECK_FALSE(bench.holds_after([&] { bench.scratch.file("m/vendor/modules.txt", ""); }));
}

TEST_CASE("a directory that go.mod names may become a module") {
  const Bench bench;
  bench.scratch.file("m/go.mod", "module x.com/m\nreplace x.com/o => ../o\n");
  CHECK_FALSE(bench.holds_after([&] { bench.scratch.file("o/go.mod", "module x.com/o\n"); }));
}

TEST_CASE("a go.mod that names directories in quotes is not remembered") {
  const Bench bench;
  bench.scratch.file("m/go.mod", "module x.com/m\nreplace x.com/o => \"../o p\"\n");
  CHECK_FALSE(bench.stamps().has_value());
}

TEST_CASE("a package that embeds files is about every name below it") {
  Bench bench;
  bench.package.embed_patterns = {"*"};
  CHECK_FALSE(bench.holds_after([&] { bench.scratch.file("m/a.txt", ""); }));
  CHECK_FALSE(bench.holds_after([&] { bench.scratch.file("m/deep/er.txt", ""); }));
  CHECK_FALSE(bench.holds_after([&] {
    fs::remove(bench.scratch / "m/a.txt");
    bench.scratch.link("m/a.txt", "main.go");
  }));
}

TEST_CASE("packages that only a walk finds are not remembered") {
  Bench bench;
  for (const std::string pattern : {"./...", "all", "std", "cmd", "x.com/..."}) {
    bench.query.packages = {pattern};
    CHECK_MESSAGE(!bench.stamps().has_value(), pattern);
  }
}

TEST_CASE("what was written while the question was put is not remembered") {
  const Bench bench;
  CHECK_FALSE(stamps_for({bench.package}, bench.query, bench.go_env, 0).has_value());
}

TEST_CASE("what is no stamp does not hold") {
  CHECK(stamps_hold(""));
  for (const std::string text :
       {"word", "file 1", "names", "names x", "content x", "nothing /no/such\n", "\n"})
    CHECK_MESSAGE(!stamps_hold(text), text);
  CHECK(stamps_hold("absent /no/such/file\n"));
}
