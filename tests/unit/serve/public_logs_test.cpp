#include "serve/public_logs.hpp"

#include "support/testing.hpp"

#include <doctest/doctest.h>

using namespace gostrap;
using namespace gostrap::testing;

namespace {

std::string tree_note(const std::string& size) {
  return "go.sum database tree\n" + size +
         "\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— log.example AAAA\n";
}

std::vector<ServedTree> served(const Scratch& scratch) {
  std::vector<ServedTree> trees;
  trees.emplace_back(scratch / "cache");
  return trees;
}

}  // namespace

TEST_CASE("a module cache without a log supports none") {
  const Scratch scratch;
  scratch.directory("cache/sumdb/log.example/tile");
  const auto trees = served(scratch);
  const PublicLogs logs(trees);
  CHECK(logs.logs().empty());
  CHECK_FALSE(logs.answer("sumdb/log.example/supported", trees));
}

TEST_CASE("the log of a module cache is supported, and its largest tree is the latest") {
  const Scratch scratch;
  const std::string lookups = "cache/sumdb/log.example/path/lookup/";
  scratch.file(lookups + "a.example@v1", "1\na v1 h1:x\n\n" + tree_note("100"));
  scratch.file(lookups + "b.example/c@v1", "9\nb v1 h1:x\n\n" + tree_note("900"));
  scratch.file(lookups + "d.example@v1", "5\nd v1 h1:x\n\n" + tree_note("500"));
  scratch.file(lookups + "e.example@v1", "rubbish");
  const auto trees = served(scratch);
  const PublicLogs logs(trees);
  REQUIRE(logs.logs().contains("log.example/path"));
  CHECK(logs.logs().at("log.example/path").lookups == 3);
  CHECK(logs.answer("sumdb/log.example/path/supported", trees) == "");
  CHECK(logs.answer("sumdb/log.example/path/latest", trees) == tree_note("900"));
  for (const char* path :
       {"sumdb/log.example/supported", "sumdb/log.example/path/", "sumdb/log.example/path/other",
        "sumdb/log.example/path/lookup/x@v1", "sumdb/other.example/supported"})
    CHECK_FALSE(logs.answer(path, trees));
}

TEST_CASE("the beginning of a tile that has grown is handed on, from within the tree alone") {
  const Scratch scratch;
  scratch.file("cache/sumdb/log.example/lookup/a.example@v1", "1\na v1 h1:x\n\n" + tree_note("100"));
  scratch.file("cache/sumdb/log.example/tile/8/0/000.p/9", std::string(9 * 32, '9'));
  scratch.file("cache/sumdb/log.example/tile/8/0/001", std::string(100, 'x'));
  scratch.file("secret", std::string(256 * 32, 's'));
  scratch.link("cache/sumdb/log.example/tile/8/0/002", "../../../../../../secret");
  const auto trees = served(scratch);
  const PublicLogs logs(trees);
  const auto tile = [&](const std::string& path) {
    return logs.answer("sumdb/log.example/tile/8/0/" + path, trees);
  };
  CHECK(tile("000.p/4") == std::string(4 * 32, '9'));
  CHECK_FALSE(tile("000.p/10"));
  CHECK_FALSE(tile("001.p/4"));  // of a wrong length
  CHECK_FALSE(tile("002.p/4"));
  CHECK_FALSE(tile("../../../latest"));
}
