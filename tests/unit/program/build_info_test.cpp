#include "program/build_info.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;

namespace {

BuildInfo sample() {
  BuildInfo info;
  info.path = "example.com/a/v2";
  info.main = BuildModule{"example.com/a/v2", "(devel)", "", {}};
  info.dependencies = {{"example.com/b", "v1.0.0", "h1:abc=", {}},
                       {"example.com/c", "v1.1.0", "", {{"../c", "(devel)", "", {}}}}};
  info.settings = {{"-buildmode", "exe"}, {"-gcflags", "-N -l"}, {"GOARCH", "arm64"}, {"empty", ""}};
  return info;
}

}  // namespace

TEST_CASE(
    "build information is written as runtime/debug writes it, down to the empty line after a replacement") {
  CHECK(
      text(sample()) ==
      "path\texample.com/a/v2\nmod\texample.com/a/v2\t(devel)\t\ndep\texample.com/b\tv1.0.0\th1:abc=\n"
      "dep\texample.com/c\tv1.1.0\n=>\t../c\t(devel)\t\n\nbuild\t-buildmode=exe\nbuild\t-gcflags=\"-N -l\"\n"
      "build\tGOARCH=arm64\nbuild\tempty=\n");
}

TEST_CASE("what is written reads back") {
  const BuildInfo read = parse_build_info(text(sample()));
  CHECK(text(read) == text(sample()));
  CHECK(read.setting("-gcflags") == "-N -l");
  CHECK(read.setting("GOOS").empty());
  CHECK(read.dependencies[1].replacement[0].path == "../c");
}

TEST_CASE("quotes hold whatever byte there is") {
  const std::string nasty = std::string("a\"b\\c\n\t\x01\xff");
  CHECK(go_quoted(nasty) == "\"a\\\"b\\\\c\\n\\t\\x01\\xff\"");
  BuildInfo info;
  info.settings = {{"k=1", nasty + " "}};
  CHECK(parse_build_info(text(info)).setting("k=1") == nasty + " ");
}

TEST_CASE("damaged build information is refused by its line") {
  const auto error = [](const char* text) { return testing::error_of([&] { parse_build_info(text); }); };
  CHECK(testing::contains(error("path\tx\nmod\ta\n"), "line 2"));
  CHECK(testing::contains(error("=>\ta\tb\tc\n"), "without its module"));
  CHECK(testing::contains(error("build\tGOOS\n"), "a key and a value"));
  CHECK(testing::contains(error("build\t\"GOOS=x\n"), "quote is not closed"));
  CHECK(testing::contains(error("build\tk=\"\\q\"\n"), "no such escape"));
  CHECK(error("something else\n").empty());
}

TEST_CASE("the text is found again between its marks") {
  const std::string data = module_data("path\tx\n");
  CHECK(data.size() == 16 + 7 + 16);
  CHECK(without_marks(data) == "path\tx\n");
  CHECK(find_marked("before" + data + "after") == "path\tx\n");
  CHECK_FALSE(without_marks("too short"));
  CHECK_FALSE(find_marked(data.substr(0, 30)));
}

TEST_CASE("build information has an end") {
  std::string info = "path\tx\n";
  for (int i = 0; i < 1001; ++i) info += "build\ta=b\n";
  CHECK(testing::contains(testing::error_of([&] { parse_build_info(info); }), "more than 1000 settings"));
}
