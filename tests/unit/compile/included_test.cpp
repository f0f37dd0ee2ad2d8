#include "compile/included.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Names = std::vector<std::string>;

/// A package in p/, whose a.s is this text.
struct Bench {
  Scratch scratch;
  GoPackage package;

  explicit Bench(const std::string& text) {
    scratch.file("p/a.s", text);
    package.directory = (scratch / "p").string();
    package.assembly_files = {"a.s"};
  }
  /// What is found, without the way to it.
  Names found(const Names& search = {}) const {
    Names names;
    for (const std::string& path : included_files(package, search)) {
      CHECK(fs::path(path).is_absolute());
      names.push_back(fs::path(path).lexically_normal().lexically_relative(scratch.path()).string());
    }
    return names;
  }
};

}  // namespace

TEST_CASE("the names of #include lines are read as the assembler reads them") {
  CHECK(included_names("#include \"a\"\n#include\"b\"\n  #  include \"c\" // why\n") == Names{"a", "b", "c"});
  CHECK(included_names("/* x */ #include \"a\"\n#include /* y */ \"b\"\n") == Names{"a", "b"});
}

TEST_CASE("what only looks like one is none") {
  for (const std::string line :
       {"// #include \"a\"", "#include <a>", "#define include \"a\"", "#include \"\"", "#include \"a",
        "TEXT #include \"a\"", "/* #include \"a\" */", "#includes", ""})
    CHECK_MESSAGE(included_names(line).empty(), line);
}

TEST_CASE("the same header is found once, and headers that include each other end") {
  Bench bench("#include \"../c/one.h\"\n#include \"../c/one.h\"\n");
  bench.scratch.file("c/one.h", "#include \"../c/two.h\"\n");
  bench.scratch.file("c/two.h", "#include \"../c/one.h\"\n");
  CHECK(bench.found() == Names{"c/one.h", "c/two.h"});
}

TEST_CASE("the package's directory comes before those that are searched, and these in order") {
  Bench bench("#include \"x.h\"\n#include \"y.h\"\n");
  bench.scratch.file("p/x.h", "");
  bench.scratch.file("one/x.h", "");
  bench.scratch.file("one/y.h", "");
  bench.scratch.file("two/y.h", "");
  CHECK(bench.found({(bench.scratch / "one").string(), "../two"}) == Names{"p/x.h", "one/y.h"});
}

TEST_CASE("what go list tells of as a header, or as assembly, is not found again") {
  Bench bench("#include \"own.h\"\n#include \"a.s\"\n#include \"other.inc\"\n");
  for (const char* const name : {"p/own.h", "p/other.inc"}) bench.scratch.file(name, "");
  bench.package.header_files = {"own.h"};
  CHECK(bench.found() == Names{"p/other.inc"});
}

TEST_CASE("headers of the package are read as well") {
  Bench bench("");
  bench.scratch.file("p/own.h", "#include \"../c/one.h\"\n");
  bench.scratch.file("c/one.h", "");
  bench.package.header_files = {"own.h"};
  CHECK(bench.found() == Names{"c/one.h"});
}

TEST_CASE("an absolute name is that file") {
  const Scratch elsewhere;
  const std::string path = elsewhere.file("one.h", "").string();
  const Bench bench("#include \"" + path + "\"\n");
  CHECK(included_files(bench.package, {}) == Names{path});
}

TEST_CASE("what is nowhere is the SDK's, or made on the way, and no trouble") {
  CHECK(Bench("#include \"textflag.h\"\n#include \"go_asm.h\"\n").found().empty());
}
