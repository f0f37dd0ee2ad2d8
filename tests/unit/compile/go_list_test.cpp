#include "compile/go_list.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

using Names = std::vector<std::string>;

/// A document as go list prints it, with these fields beside those that every package has.
std::string document(const std::string& more, const std::string& path = "x.com/m") {
  return "{\n\t\"Dir\": \"/m\",\n\t\"ImportPath\": \"" + path + "\",\n\t\"Name\": \"main\"" +
         (more.empty() ? "" : ",\n\t" + more) + "\n}\n";
}
GoPackage package(const std::string& more) {
  return parse_go_list(document(more)).at(0);
}
std::string refusal(const std::string& text) {
  return error_of([&] { parse_go_list(text); });
}

}  // namespace

TEST_CASE("documents come one after the other, in the order in which they were printed") {
  const std::vector<GoPackage> packages = parse_go_list(document("", "a") + document("", "b"));
  REQUIRE(packages.size() == 2);
  CHECK(packages[0].import_path == "a");
  CHECK(packages[1].import_path == "b");
  CHECK(packages[1].directory == "/m");
  CHECK(packages[1].name == "main");
}

TEST_CASE("nothing printed is no package") {
  CHECK(parse_go_list("").empty());
  CHECK(parse_go_list("\n \n").empty());
}

TEST_CASE("what is not told is not so") {
  const GoPackage plain = package("");
  CHECK_FALSE(plain.standard);
  CHECK_FALSE(plain.in_goroot);
  CHECK_FALSE(plain.only_dependency);
  CHECK(plain.module == nullptr);
  CHECK(plain.go_files.empty());
  const GoPackage told = package(R"("Standard": true, "Goroot": true, "DepOnly": true)");
  CHECK(told.standard);
  CHECK(told.in_goroot);
  CHECK(told.only_dependency);
}

TEST_CASE("files are sorted by what is done with them") {
  const GoPackage files = package(
      R"("GoFiles": ["a.go"], "SFiles": ["a.s"], "HFiles": ["a.h"], "SysoFiles": ["a.syso"],
         "IgnoredGoFiles": ["b.go"], "EmbedPatterns": ["*"], "EmbedFiles": ["x"])");
  CHECK(files.go_files == Names{"a.go"});
  CHECK(files.assembly_files == Names{"a.s"});
  CHECK(files.header_files == Names{"a.h"});
  CHECK(files.object_files == Names{"a.syso"});
  CHECK(files.ignored_files == Names{"b.go"});
  CHECK(files.embed_patterns == Names{"*"});
  CHECK(files.embed_files == Names{"x"});
}

TEST_CASE("what only cgo or SWIG could build is one list, and so are tests") {
  const GoPackage files = package(
      R"("CgoFiles": ["1"], "CFiles": ["2"], "CXXFiles": ["3"], "MFiles": ["4"], "FFiles": ["5"],
         "SwigFiles": ["6"], "SwigCXXFiles": ["7"], "TestGoFiles": ["8"], "XTestGoFiles": ["9"])");
  CHECK(files.foreign_files == Names{"1", "2", "3", "4", "5", "6", "7"});
  CHECK(files.test_files == Names{"8", "9"});
}

TEST_CASE("a module is known by path, version and directory, and so is what replaces it") {
  const GoPackage of = package(
      R"("Module": {"Path": "x.com/m", "Version": "v1.0.0", "Replace": {"Path": "../m", "Dir": "/m", "GoVersion": "1.24"}})");
  REQUIRE(of.module != nullptr);
  CHECK(of.module->path == "x.com/m");
  CHECK(of.module->version == "v1.0.0");
  CHECK_FALSE(of.module->main);
  REQUIRE(of.module->replacement != nullptr);
  CHECK(of.module->replacement->directory == "/m");
  CHECK(of.module->replacement->go_version == "1.24");
  CHECK(package(R"("Module": {"Path": "x.com/m", "Main": true})").module->main);
}

TEST_CASE("imports that are written otherwise than they are meant are told by both names") {
  const GoPackage of =
      package(R"("Imports": ["vendor/x"], "ImportMap": {"x": "vendor/x"}, "DefaultGODEBUG": "panicnil=1")");
  CHECK(of.imports == Names{"vendor/x"});
  CHECK(of.import_map.at("x") == "vendor/x");
  CHECK(of.default_godebug == "panicnil=1");
}

TEST_CASE("every field that is read is asked for") {
  const std::string fields = "," + std::string(go_list_fields) + ",";
  for (const std::string name :
       {"Dir",           "ImportPath", "Name",         "DefaultGODEBUG", "Standard",    "Goroot",
        "DepOnly",       "Module",     "ImportMap",    "Imports",        "GoFiles",     "SFiles",
        "HFiles",        "SysoFiles",  "CgoFiles",     "CFiles",         "CXXFiles",    "MFiles",
        "FFiles",        "SwigFiles",  "SwigCXXFiles", "IgnoredGoFiles", "TestGoFiles", "XTestGoFiles",
        "EmbedPatterns", "EmbedFiles"})
    CHECK_MESSAGE(contains(fields, std::string(",") + name + ","), name);
}

TEST_CASE("what is no list is refused") {
  CHECK(
      contains(refusal("{\n\t\"Dir\": \"/m\""), "read what go list prints: its last document does not end"));
  CHECK(contains(refusal("go: no such module\n"), "its last document does not end"));
  CHECK(contains(refusal("{\n}\n"), "Dir"));
  CHECK_FALSE(refusal("{\n\t\"Dir\": 5\n}\n").empty());
  CHECK_FALSE(refusal(document("\"GoFiles\": \"a.go\"")).empty());
  CHECK_FALSE(refusal(document("\"Standard\": \"yes\"")).empty());
}

TEST_CASE("a package of named files is known by its path") {
  CHECK(is_of_named_files(parse_go_list(document("", "command-line-arguments")).at(0)));
  CHECK_FALSE(is_of_named_files(package("")));
}

TEST_CASE("what go env prints is names and their values") {
  const auto env = parse_go_env(R"({"GOOS": "linux", "GOFLAGS": ""})");
  CHECK(env.at("GOOS") == "linux");
  CHECK(env.at("GOFLAGS") == "");
  CHECK(env.size() == 2);
  for (const char* const wrong : {"", "[]", "GOOS=linux", R"({"GOOS": 5})"})
    CHECK_MESSAGE(!error_of([&] { parse_go_env(wrong); }).empty(), wrong);
}

TEST_CASE("without any Go file a package is no package, and one by cgo alone is let by") {
  GoPackage empty{.directory = "/m", .import_path = "x.com/m"};
  CHECK(contains(error_of([&] { require_go_files({empty}); }), "package x.com/m: no Go files in /m"));
  empty.foreign_files = {"c.go"};
  CHECK(error_of([&] { require_go_files({empty}); }) == "");
}
