#include "compile/go_list.hpp"
#include "compile/included.hpp"
#include "compile/named_roots.hpp"
#include "compile/plain_places.hpp"
#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

TEST_CASE(
    "a package without Go files for the port is refused in the go command's words, with the way to it") {
  const Scratch scratch;
  scratch.file("onlyc/c.go", "package onlyc\nimport \"C\"\n");
  GoPackage main{.directory = "/m",
                 .import_path = "x.com/m",
                 .name = "main",
                 .imports = {"x.com/m/a"},
                 .go_files = {"m.go"}};
  GoPackage between{.import_path = "x.com/m/a",
                    .only_dependency = true,
                    .imports = {"x.com/m/onlyc"},
                    .go_files = {"a.go"}};
  GoPackage empty{
      .directory = (scratch / "onlyc").string(), .import_path = "x.com/m/onlyc", .only_dependency = true};
  std::string words;
  SUBCASE("for other ports") {
    empty.ignored_files = {"c.go"};
    words = "build constraints exclude all Go files in " + empty.directory;
  }
  SUBCASE("but for tests") {
    empty.test_files = {"c_test.go"};
    words = "no non-test Go files in " + empty.directory;
  }
  const std::string error = error_of([&] { require_go_files({empty, between, main}); });
  CHECK(contains(error, "package x.com/m\n\timports x.com/m/a\n\timports x.com/m/onlyc: " + words));
  CHECK(contains(error, "c.go needs cgo") == !empty.ignored_files.empty());
  CHECK(error_of([&] { require_go_files({between, main}); }).empty());
}

TEST_CASE("headers from outside the package are found, and what they include") {
  const Scratch scratch;
  scratch.file("common/defs.h", "#include \"../common/more.h\"\n");
  scratch.file("common/more.h", "#define ONE 1\n");
  scratch.file("flags/flag.h", "");
  scratch.file("p/own.h", "");
  scratch.file("p/a_arm64.s",
               "#include \"textflag.h\"\n  #  include \"../common/defs.h\" // why\n#include \"own.h\"\n"
               "#include \"flag.h\"\n// #include \"../common/not.h\"\n#include <stdio.h>\n");
  const GoPackage package{
      .directory = (scratch / "p").string(), .assembly_files = {"a_arm64.s"}, .header_files = {"own.h"}};
  CHECK(included_files(package, {"../flags"}) ==
        std::vector<std::string>{(scratch / "p/../common/defs.h").string(),
                                 (scratch / "p/../flags/flag.h").string(),
                                 (scratch / "p/../common/more.h").string()});
  CHECK(included_names("#include \"a\"\n#include\"b\"\n#define include \"c\"\n") ==
        std::vector<std::string>{"a", "b"});
  CHECK(included_names("/* x */ #include \"a\"\n#include /* y */ \"b\"\n") ==
        std::vector<std::string>{"a", "b"});
}

TEST_CASE("a directory whose name the tools misread is reached by a link, others as they are") {
  const Scratch scratch;
  const fs::path odd = scratch.directory("q;r");
  scratch.file("q;r/file", "text");
  fs::path link;
  {
    PlainPlaces places;
    CHECK(places.of(scratch.path()) == scratch.path());
    link = places.of(odd);
    CHECK(is_plain(link.string()));
    CHECK(read_file(link / "file") == "text");
    CHECK(places.of(odd) == link);
    NamedRoots roots;
    roots.add("SRC", odd);
    roots.reach_by("SRC", link);
    CHECK(roots.symbolic((odd / "file").string()) == "${SRC}/file");
    CHECK(roots.actual("${SRC}/file") == (link / "file").string());
    CHECK(places.with_own_names("in " + link.string() + "/file") == "in " + odd.string() + "/file");
  }
  CHECK_FALSE(fs::exists(fs::symlink_status(link)));
  CHECK(fs::exists(odd / "file"));
  for (const char* const name : {"/a;b", "/a\nb", "/a\x7f", "/\xff"}) CHECK_FALSE(is_plain(name));
  for (const char* const name : {"/a b", "/a=>b", "/é", "/a'\"$(x)\\"}) CHECK(is_plain(name));
}
